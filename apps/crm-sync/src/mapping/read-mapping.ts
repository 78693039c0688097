import type { HubspotSettings, SalesforceSettings, Settings } from "@countersign/service";
import type { FieldWrite, Mapping, Rules, StageMapping, ValueSource } from "./mapping.ts";

type Section = HubspotSettings | SalesforceSettings;
type Conditional = Section["mappings"][number];
type Line = Section["write"][number];

/** What the section of a CRM says, with its short form written out. `stagesOf` reads what only that CRM has. */
export function readMapping<Given extends Section>(
  section: Given,
  stagesOf: (given: Given | Given["mappings"][number], place: string) => StageMapping[] | null,
  place: string,
  sources: Settings["sources"] = [],
): Mapping {
  const base = readRules(section, stagesOf(section, place) ?? []);
  const conditional = section.mappings.map((given: Given["mappings"][number], index) => ({
    when: given.when,
    rules: overrule(base, section, given, stagesOf(given, `${place}.mappings.${index}`)),
  }));
  const providers = new Map(sources.map(({ name, provider }) => [name, provider]));
  return { base, conditional, providers };
}

function readRules(section: Section, stages: StageMapping[]): Rules {
  const { several, primaryField } = section;
  const writes = [...shortForm(section.fields), ...section.write.map(readLine)];
  return { name: "default", stages, writes, several, primaryField };
}

/** What a conditional mapping leaves out is as in its section. */
function overrule(
  base: Rules,
  section: Section,
  given: Conditional,
  stages: StageMapping[] | null,
): Rules {
  const fields = given.fields ?? section.fields;
  const write = given.write ?? section.write;
  return {
    name: given.name,
    stages: stages ?? base.stages,
    writes: [...shortForm(fields), ...write.map(readLine)],
    several: given.several ?? base.several,
    primaryField: given.primaryField ?? base.primaryField,
  };
}

function shortForm({ status, signedDate, url }: Section["fields"]): FieldWrite[] {
  const lines = [
    { to: status, value: "status" },
    { to: signedDate, value: "completedAt" },
    { to: url, value: "url" },
  ] as const;
  return lines.flatMap(({ to, value }) =>
    to === undefined ? [] : readLine({ to, value, on: "deal", rule: "ours", as: "date" }),
  );
}

function readLine(line: Line): FieldWrite {
  const { to, on, rule, as, values = {} } = line;
  return { to, on, rule, as, values, from: sourceOf(line), own: false };
}

function sourceOf({ value, custom, constant = "" }: Line): ValueSource {
  if (value !== undefined) return { kind: "value", name: value };
  if (custom !== undefined) return { kind: "custom", name: custom };
  return { kind: "constant", value: constant };
}
