import type { Calls } from "../calls.ts";
import { judgeFields } from "../check-fields.ts";
import { judgeStages } from "../check-stages.ts";
import { allRules, type Mapping, type RecordKind } from "../../mapping/mapping.ts";
import { judgeQuota, stopsEverything, stopsNothing, type Fault, type Stops } from "../fault.ts";
import type { Wants } from "../attachments.ts";
import { kindsOf, type WantedField } from "../wanted-fields.ts";
import type { HubspotClient } from "./client.ts";
import { checkAttachments } from "./check-attachments.ts";
import { readKnownFields, words } from "./known-fields.ts";
import { objectNames, objectTypes, paths, supportedUntil } from "./paths.ts";
import type { Pipelines } from "./read-deal.ts";
import { BatchAnswer, OwnersAnswer, SearchAnswer, WrittenAnswer } from "./schema.ts";
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
  const unseen = matches ? await judgeSearches(client, call) : [];
  const unhung = await checkAttachments(client, call, wants);
  const stages = await unlessWithheld(async () => judgePipelines(mapping, await readPipelines()));
  const records: Fault[] = [];
  for (const kind of kindsOf(wanted)) {
    records.push(...(await judgeRecords(client, call, kind, wanted)));
  }
  return [
    ...withoutRepeats([...unseen, ...unhung, ...stages, ...records]),
    ...judgeQuota("hubspot", client.quota(), share),
    ...judgePaths(now),
  ];
}

/**
 * Whether such records can be read and written, and hold what countersign.yaml says. Deals are read together
 * with what they belong to: where that cannot be read, nothing is written.
 */
async function judgeRecords(
  client: HubspotClient,
  call: Calls,
  kind: RecordKind,
  wanted: readonly WantedField[],
): Promise<Fault[]> {
  const type = objectTypes[kind];
  const name = objectNames[kind];
  const stops: Stops = kind === "deal" ? stopsEverything : { what: "record", on: kind };
  const found = [
    await unlessWithheld(async () => {
      const known = await readKnownFields(client, call, kind);
      const ofKind = wanted.filter(({ on }) => on === kind);
      return judgeFields(ofKind, known, words);
    }, stops),
    await unlessWithheld(async () => {
      const body = { properties: [], propertiesWithHistory: [], inputs: [{ id: noRecord }] };
      await call(`try-read-${name}`, () =>
        client.send("POST", paths.readRecords(type), BatchAnswer, body),
      );
      return [];
    }),
    await unlessWithheld(async () => {
      await call(`try-write-${name}`, () =>
        client
          .send("PATCH", paths.record(type, noRecord), WrittenAnswer, { properties: {} })
          .catch(nothingThere),
      );
      return [];
    }, stops),
  ];
  return found.flat();
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

/** The same scope may be missing for several calls: told once, by the one that stops the most. */
function withoutRepeats(faults: Fault[]): Fault[] {
  const byFix = Map.groupBy(faults, ({ place, fix }) => `${place} ${fix}`);
  return [...byFix.values()].flatMap(
    (same) => same.toSorted((a, b) => weightOf(a) - weightOf(b))[0] ?? [],
  );
}

function weightOf({ stops }: Fault): number {
  return weights.indexOf(stops.what);
}

const weights: Stops["what"][] = ["everything", "record", "stage", "field", "nothing"];

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
