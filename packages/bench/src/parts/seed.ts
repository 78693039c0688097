import type { Normalized, ReportedFact } from "@countersign/core";
import {
  claimEffect,
  follow,
  record,
  saveLink,
  settleEffect,
  type Store,
} from "@countersign/store";
import { dealIdsOf, externalIdOf, numberMark } from "../docusign/contract-number.ts";
import { source } from "../docusign/life.ts";
import { destinations, type Bench } from "../processes/bench.ts";
import { vocabularies } from "./seed-words.ts";

export const eventsPerContract = 5;

const contractId = `${source}/${externalIdOf(numberMark)}`;
const [kind, goods, company, first, last] = vocabularies.map(({ mark }) => mark);

/**
 * Records one contract as the apps would, with marks where other contracts have words of their own. No app
 * has anything left to do about it.
 */
export async function recordTemplate(store: Store): Promise<void> {
  const normalized: Normalized = {
    understood: true,
    reports: [{ externalId: externalIdOf(numberMark), facts: facts() }],
  };
  await record(
    store,
    {
      source,
      provider: source,
      request: { method: "POST", headers: {}, query: {}, body: Buffer.from("template") },
      secretIndex: 0,
      bodyProof: "signature",
      claimsEndings: false,
      receivedAt: store.now(),
      via: "webhook",
    },
    normalized,
  );
  const hubspot = { contractId, destination: "hubspot", recordId: dealIdsOf(numberMark).hubspot };
  const link = { foundBy: "custom-field", certainty: 1, detail: "hubspot_deal_id" } as const;
  await saveLink(store, { ...hubspot, ...link });
  for (const key of ["card", "line"]) {
    const about = { destination: "slack", contractId, target: "C000000002", kind: "message.post" };
    const plan = { ...about, key: `slack/${contractId}/${key}`, plan: { text: key } };
    const { effect } = await claimEffect(store, plan);
    await settleEffect(store, effect.id, { status: "done", outsideId: "1.000001" });
  }
  for (const destination of destinations) await followNothing(store, destination);
}

/** Lets the destination follow what there is without a call to anybody. */
async function followNothing(store: Store, destination: string): Promise<void> {
  const { promise: followed, resolve } = Promise.withResolvers<void>();
  const options = { concurrency: 1, onOutcome: () => resolve() };
  const following = await follow(store, destination, async () => "not-called", options);
  await followed;
  await following.stop();
}

function facts(): ReportedFact[] {
  const types = [
    "contract.noted",
    "contract.sent",
    "recipient.viewed",
    "recipient.signed",
    "contract.completed",
  ] as const;
  return types.map((type, index) => ({
    type,
    recipient: type.startsWith("recipient") ? "1" : null,
    occurredAt: new Date(Date.UTC(2026, 0, 5, 8, index)).toISOString(),
    occurrence: "",
    reason: null,
    note: type === "contract.noted" ? "described" : null,
    description:
      type !== "contract.noted"
        ? null
        : {
            title: `${kind} agreement ${goods} ${company}`,
            sender: { name: "Sal Sender", email: "sal.sender@example.com" },
            fields: { hubspot_deal_id: dealIdsOf(numberMark).hubspot },
            recipients: [
              { key: "1", name: `${first} ${last}`, email: `${first}.${last}@${company}.example` },
            ],
            recipientsAreComplete: true,
          },
  }));
}

/** Tables that are filled, with what must differ beside the marks. */
const tables = [
  {
    name: "contracts",
    own: "jsonb_build_object('changed_at', timestamptz '2026-01-05' + n * interval '1 second')",
  },
  { name: "events", own: "jsonb_build_object('id', 'evt_' || md5(n || (row ->> 'id')))" },
  { name: "links", own: "'{}'::jsonb" },
  { name: "effects", own: "jsonb_build_object('id', n * 10 + ordinal)" },
];

/** Copies the template's rows as contracts 1 to `contracts`, each with its own number and words. */
export async function copyTemplate(
  { database }: Bench,
  schema: string,
  contracts: number,
): Promise<void> {
  const copies = tables.map(async ({ name, own }) => {
    const client = await database.pool.connect();
    try {
      // Nothing is to survive a crash here, and the copies keep the template's references.
      await client.query(
        `set synchronous_commit = off; set session_replication_role = replica; set search_path = ${schema}`,
      );
      await client.query(copyStatement(name, own), [
        contractId,
        contracts,
        ...vocabularies.map(({ words }) => words),
      ]);
    } finally {
      client.release(true);
    }
  });
  await Promise.all(copies);
}

/** A whole row as text, the marks replaced, and back: new columns need no change here. */
function copyStatement(table: string, own: string): string {
  const replaced = vocabularies.reduce((text, { mark, step }, index) => {
    const words = `$${index + 3}::text[]`;
    return `replace(${text}, '${mark}', (${words})[1 + (n * ${step}) % cardinality(${words})])`;
  }, `replace(template, '${numberMark}', (100000000000 + n)::text)`);
  const named = table === "contracts" ? "id" : "contract_id";
  // `offset 0` keeps the row from being made anew for each of its columns.
  return `insert into ${table} overriding system value
    select filled.* from (
      select row || ${own} as row from (
        select n, ordinal, (${replaced})::jsonb as row
        from (
          select to_jsonb(t)::text as template, row_number() over () as ordinal
          from ${table} t where ${named} = $1
        ) templates, generate_series(1, $2::bigint) as n
        offset 0
      ) copies offset 0
    ) rows, jsonb_populate_record(null::${table}, rows.row) as filled`;
}

export async function tidy({ database }: Bench, schema: string): Promise<void> {
  for (const { name } of tables) await database.pool.query(`vacuum analyze ${schema}.${name}`);
}
