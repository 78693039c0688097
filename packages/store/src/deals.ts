import type { Reader } from "./database.ts";
import { gatherOn } from "./gather-on.ts";
import type { Store } from "./store.ts";

/** What a CRM said of a deal when it was last read. */
export type StoredDeal = {
  /** The CRM. */
  destination: string;
  recordId: string;
  name: string | null;
  amount: number | null;
  currency: string | null;
  /** As people read it there. */
  stage: string | null;
  pipeline: string | null;
  account: string | null;
  ownerEmail: string | null;
  /** Where a person opens it. */
  url: string | null;
};

const mayBeUnknown = ["currency", "account", "ownerEmail", "url"] as const;

/** A deal as it was read. What is undefined could not be found out this time. */
export type SeenDeal = Omit<StoredDeal, (typeof mayBeUnknown)[number]> & {
  [Fact in (typeof mayBeUnknown)[number]]: StoredDeal[Fact] | undefined;
};

/**
 * Keeps what was read, and says whether that is news; what could not be found out stays as it was kept
 * before. Nobody waits for the disk: a look that a crash of PostgreSQL undoes reads the deal again.
 */
export function saveDeal(store: Store, deal: SeenDeal): Promise<boolean> {
  return saveTogether(store.bookkeeping, { deal, now: store.now() });
}

/** Of several readings of one deal, the last one holds. */
const saveTogether = gatherOn(async (database, given: { deal: SeenDeal; now: Date }[]) => {
  const lasts = new Map(given.map((one) => [nameOf(one.deal), one]));
  const rows = [...lasts.values()].map(({ deal, now }) => ({
    destination: deal.destination,
    record_id: deal.recordId,
    name: deal.name,
    amount: deal.amount,
    currency: deal.currency,
    stage: deal.stage,
    pipeline: deal.pipeline,
    account: deal.account,
    owner_email: deal.ownerEmail,
    url: deal.url,
    unknown: mayBeUnknown.filter((fact) => deal[fact] === undefined),
    read_at: now,
  }));
  const changed = await database.query<{ destination: string; record_id: string }>({
    name: "save deals",
    text: saveText,
    values: [JSON.stringify(rows)],
  });
  const news = new Set(
    changed.rows.map((row) => nameOf({ destination: row.destination, recordId: row.record_id })),
  );
  return given.map(({ deal }) => news.has(nameOf(deal)));
});

/** A join without `limit` reads all deals, by a plan that was made while there were none. */
export const saveText = `
  insert into deals (destination, record_id, name, amount, currency, stage, pipeline, account,
    owner_email, url, read_at)
  select row.destination, row.record_id, row.name, row.amount,
    case when 'currency' = any(unknown) then kept.currency else row.currency end,
    row.stage, row.pipeline,
    case when 'account' = any(unknown) then kept.account else row.account end,
    case when 'ownerEmail' = any(unknown) then kept.owner_email else row.owner_email end,
    case when 'url' = any(unknown) then kept.url else row.url end,
    row.read_at
  from json_to_recordset($1::json) as row (destination text, record_id text, name text,
    amount double precision, currency text, stage text, pipeline text, account text,
    owner_email text, url text, unknown text[], read_at timestamptz)
    left join lateral (select * from deals where deals.destination = row.destination
      and deals.record_id = row.record_id limit 1) as kept on true
  order by row.destination, row.record_id
  on conflict (destination, record_id) do update set name = excluded.name,
    amount = excluded.amount, currency = excluded.currency, stage = excluded.stage,
    pipeline = excluded.pipeline, account = excluded.account, owner_email = excluded.owner_email,
    url = excluded.url, read_at = excluded.read_at
  where (deals.name, deals.amount, deals.currency, deals.stage, deals.pipeline, deals.account,
      deals.owner_email, deals.url)
    is distinct from (excluded.name, excluded.amount, excluded.currency, excluded.stage,
      excluded.pipeline, excluded.account, excluded.owner_email, excluded.url)
  returning destination, record_id`;

function nameOf({ destination, recordId }: Pick<StoredDeal, "destination" | "recordId">): string {
  return `${destination} ${recordId}`;
}

/** What is known of a deal, or null. */
export function readDeal(
  reader: Reader,
  destination: string,
  recordId: string,
): Promise<StoredDeal | null> {
  return readTogether(reader.database, { destination, recordId });
}

const readTogether = gatherOn(
  async (database, asked: { destination: string; recordId: string }[]) => {
    const { rows } = await database.query<DealRow>({
      name: "read deals",
      text: `select deals.* from deals
        join unnest($1::text[], $2::text[]) as asked (destination, record_id)
          using (destination, record_id)`,
      values: [asked.map((one) => one.destination), asked.map((one) => one.recordId)],
    });
    const deals = new Map(rows.map(toDeal).map((deal) => [nameOf(deal), deal]));
    return asked.map((one) => deals.get(nameOf(one)) ?? null);
  },
);

/** Which deals may be meant: of these CRMs, with one of the words in name or account, or worth that much. */
export type DealSearch = {
  destinations: readonly string[];
  /** Letters and digits alone. */
  words: readonly string[];
  amount: number | null;
};

/** The deals that fit the search, the latest read first. */
export async function findDeals(
  { database }: Reader,
  { destinations, words, amount }: DealSearch,
  limit: number,
): Promise<StoredDeal[]> {
  const { rows } = await database.query<DealRow>({
    name: "find deals",
    text: `select * from deals where destination = any($1::text[])
        and (name ilike any($2::text[]) or account ilike any($2::text[]) or amount = $3)
      order by read_at desc, destination, record_id limit $4`,
    values: [destinations, words.map((word) => `%${word}%`), amount, limit],
  });
  return rows.map(toDeal);
}

type DealRow = {
  destination: string;
  record_id: string;
  name: string | null;
  amount: number | null;
  currency: string | null;
  stage: string | null;
  pipeline: string | null;
  account: string | null;
  owner_email: string | null;
  url: string | null;
};

function toDeal(row: DealRow): StoredDeal {
  return {
    destination: row.destination,
    recordId: row.record_id,
    name: row.name,
    amount: row.amount,
    currency: row.currency,
    stage: row.stage,
    pipeline: row.pipeline,
    account: row.account,
    ownerEmail: row.owner_email,
    url: row.url,
  };
}
