import type { z } from "zod";
import type { Calls } from "../calls.ts";
import {
  judgeFields,
  type FieldWords,
  type KnownField,
  type WantedField,
} from "../check-fields.ts";
import { judgeStages } from "../check-stages.ts";
import { allRules, type Mapping } from "../../mapping/mapping.ts";
import { judgeQuota, stopsNothing, type Fault } from "../fault.ts";
import type { Wants } from "../attachments.ts";
import type { HubspotClient } from "./client.ts";
import { checkAttachments } from "./check-attachments.ts";
import { paths, supportedUntil } from "./paths.ts";
import type { Pipelines } from "./read-deal.ts";
import {
  BatchAnswer,
  OwnersAnswer,
  PropertiesAnswer,
  SearchAnswer,
  WrittenAnswer,
} from "./schema.ts";
import { noRecord, nothingThere, unlessWithheld } from "./unless-withheld.ts";

const warnDaysBefore = 120;

/** Asks HubSpot for all that countersign.yaml takes for granted. Rejects with CredentialError where the token is refused. */
export async function checkHubspot(
  client: HubspotClient,
  call: Calls,
  readPipelines: () => Promise<Pipelines>,
  mapping: Mapping,
  wanted: readonly WantedField[],
  { matches, wants, share, now }: { matches: boolean; wants: Wants; share: number; now: Date },
): Promise<Fault[]> {
  const found = [
    await unlessWithheld(async () => judgePipelines(mapping, await readPipelines())),
    await unlessWithheld(async () => {
      const properties = await call("read-properties", () =>
        client.get(paths.properties, PropertiesAnswer),
      );
      return judgeFields(wanted, properties.results.map(toKnownField), words);
    }),
    await unlessWithheld(async () => {
      const body = { properties: [], propertiesWithHistory: [], inputs: [{ id: noRecord }] };
      await call("try-read", () =>
        client.send("POST", paths.readRecords("deals"), BatchAnswer, body),
      );
      return [];
    }),
    await unlessWithheld(async () => {
      await call("try-write", () =>
        client
          .send("PATCH", paths.record("deals", noRecord), WrittenAnswer, { properties: {} })
          .catch(nothingThere),
      );
      return [];
    }),
  ];
  const unseen = matches ? await judgeSearches(client, call) : [];
  const unhung = await checkAttachments(client, call, wants);
  return [
    ...withoutRepeats([...unseen, ...unhung, ...found.flat()]),
    ...judgeQuota("hubspot", client.quota(), share),
    ...judgePaths(now),
  ];
}

/** Without these deals are looked for all the same, by less. */
async function judgeSearches(client: HubspotClient, call: Calls): Promise<Fault[]> {
  const filters = [{ propertyName: "hs_object_id", operator: "EQ", value: noRecord }];
  const body = { filterGroups: [{ filters }], properties: [], limit: 1, sorts: [] };
  const asking = (["companies", "contacts"] as const).map((type) =>
    unlessWithheld(async () => {
      await call(`try-search-${type}`, () =>
        client.send("POST", paths.search(type), SearchAnswer, body),
      );
      return [];
    }),
  );
  const owners = unlessWithheld(async () => {
    await call("try-owners", () => client.get(paths.owners, OwnersAnswer, { limit: "1" }));
    return [];
  });
  const faults = await Promise.all([...asking, owners]);
  return faults.flat().map((fault) => ({ ...fault, stops: stopsNothing }));
}

/** The same scope may be missing for several calls. */
function withoutRepeats(faults: Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.place} ${fault.fix}`, fault])).values()];
}

function judgePipelines(mapping: Mapping, pipelines: Pipelines): Fault[] {
  const mapped = new Set(allRules(mapping).flatMap((rules) => rules.stages));
  return [...mapped].flatMap((stages) => {
    const known = pipelines.get(stages.pipeline ?? "");
    if (known !== undefined) return judgeStages(stages, known.stages);
    return {
      code: "no-such-pipeline",
      place: stages.place,
      message: `HubSpot has no pipeline "${stages.pipeline}".`,
      fix: `Name one of ${[...pipelines.keys()].join(", ")} under hubspot.pipelines.`,
      stops: { what: "stage", pipeline: stages.pipeline },
    };
  });
}

const words: FieldWords = {
  noun: "property",
  readsWithoutMissing: true,
  timesTakeDates: true,
  missing: (name) =>
    `Create the deal property ${name} (countersign setup hubspot), or correct its name.`,
  readOnly: (name) => `HubSpot sets ${name} itself: name another property.`,
};

type Property = z.infer<typeof PropertiesAnswer>["results"][number];

function toKnownField(property: Property): KnownField {
  const kind = kindOf(property);
  return {
    name: property.name,
    kind,
    options: kind === "choice" ? property.options.map(({ value }) => value) : null,
    length: null,
    writable: !property.calculated && property.modificationMetadata?.readOnlyValue !== true,
  };
}

function kindOf({ type }: Property): KnownField["kind"] {
  switch (type) {
    case "string":
      return "text";
    case "number":
      return "number";
    case "date":
      return "date";
    case "datetime":
      return "date-time";
    case "bool":
      return "yes-or-no";
    case "enumeration":
      return "choice";
    default:
      return "other";
  }
}

function judgePaths(now: Date): Fault[] {
  const days = (Date.parse(supportedUntil) - now.getTime()) / 86_400_000;
  if (days > warnDaysBefore) return [];
  return [
    {
      code: "api-version-ends",
      place: "HubSpot",
      message: `HubSpot stops supporting the API version that this Countersign calls on ${supportedUntil}.`,
      fix: "Update Countersign before that day.",
      stops: stopsNothing,
    },
  ];
}
