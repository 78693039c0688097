import type { Contract } from "@countersign/core";
import type { StoredContract } from "../contracts.ts";
import { gatherOn, leftBehind } from "../gather-on.ts";
import { toTies, type LinkRow, type Ties } from "../links.ts";
import { texts } from "../statement.ts";
import type { Store } from "../store.ts";

/** How far back a destination looks when it comes for the first time, in hours. */
const firstLookHours = 24;

/**
 * Notes that the destination exists. What changed within the last day before it came is its business too, unless
 * it is `onlyAsked`: then no change is, of whatever time.
 */
export async function registerDestination(
  store: Store,
  destination: string,
  onlyAsked = false,
): Promise<void> {
  const firstLook = new Date(store.now().getTime() - firstLookHours * 3_600_000);
  const since = onlyAsked ? "infinity" : firstLook;
  await store.database.query(
    "insert into destinations (id, since) values ($1, $2) on conflict (id) do nothing",
    [destination, since],
  );
}

/** What the destination was asked to look at and has not, the longest waiting first. */
export async function contractsAsked(
  store: Store,
  destination: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await store.database.query<{ contract_id: string }>(
    `select contract_id from followed where destination = $1 and asked > answered
     order by followed_at limit $2`,
    [destination, limit],
  );
  return rows.map((row) => row.contract_id);
}

/** From when on contracts may have changed without the destination's knowing. */
export async function sweptTo(store: Store, destination: string): Promise<Date> {
  const { rows } = await store.database.query<{ at: Date }>(
    "select coalesce(swept_to, since) as at from destinations where id = $1",
    [destination],
  );
  return rows[0]?.at ?? store.now();
}

/** Notes that all which changed before that time is known to the destination, or in its queue. */
export async function noteSwept(store: Store, destination: string, at: Date): Promise<void> {
  await store.database.query(
    "update destinations set swept_to = greatest(swept_to, $2) where id = $1",
    [destination, at],
  );
}

/** A contract as it is now, and how far the destination has got with it. */
export type Standing = {
  stored: StoredContract | null;
  /** What every destination asks of it first. */
  ties: Ties;
  /** The version that it was last brought to; 0 before the first time. */
  followed: number;
  /** How often it was asked to look again, and the last of these that it has looked for. */
  asked: number;
  answered: number;
  /** Up to this version it is to hear nothing of it; 0 where it may hear of all. */
  passedOver: number;
};

export function readStanding(
  store: Store,
  destination: string,
  contractId: string,
): Promise<Standing> {
  return readTogether(store.database, { destination, contractId });
}

const readTogether = gatherOn(
  async (database, asked: { destination: string; contractId: string }[]): Promise<Standing[]> => {
    const { rows } = await database.query<StandingRow>({
      name: "read standings",
      text: `select contracts.state, contracts.version, contracts.changed_at,
          coalesce(followed.version, 0) as followed, coalesce(followed.asked, 0) as asked,
          coalesce(followed.answered, 0) as answered,
          coalesce(followed.passed_over, 0) as passed_over,
          (select json_agg(links order by links.destination) from links
            where links.contract_id = asked.contract_id) as links
        from unnest(${texts("$1")}, ${texts("$2")}) with ordinality
          as asked (destination, contract_id, n)
        left join contracts on contracts.id = asked.contract_id and contracts.version > 0
        left join followed on followed.destination = asked.destination
          and followed.contract_id = asked.contract_id
        order by n`,
      values: [asked.map((one) => one.destination), asked.map((one) => one.contractId)],
    });
    return rows.map(toStanding);
  },
);

type StandingRow = {
  state: Contract | null;
  version: string;
  changed_at: Date;
  followed: string;
  asked: string;
  answered: string;
  passed_over: string;
  links: LinkRow[] | null;
};

function toStanding(row: StandingRow): Standing {
  const { state, version, changed_at: changedAt } = row;
  return {
    stored: state && { contract: state, version: Number(version), changedAt },
    ties: toTies(row.links ?? []),
    followed: Number(row.followed),
    asked: Number(row.asked),
    answered: Number(row.answered),
    passedOver: Number(row.passed_over),
  };
}

/** A contract's version, and what the destination had been asked, and had answered, when it was looked at. */
export type Seen = { contractId: string; version: number; asked: number; answered: number };

/** The destination now shows this version of the contract. */
export async function markFollowed(store: Store, destination: string, seen: Seen): Promise<void> {
  await mark(store, { ...seen, destination, stuck: 0 });
}

/** The destination has looked for what it was asked; how far it is with the contract stays as it was. */
export async function markAnswered(store: Store, destination: string, seen: Seen): Promise<void> {
  await mark(store, { ...seen, destination, version: 0, stuck: 0 });
}

/** Nothing more is tried for this version of the contract unless somebody asks for it. */
export async function markStuck(store: Store, destination: string, seen: Seen): Promise<void> {
  const { version: stuck } = seen;
  await mark(store, { ...seen, destination, version: 0, stuck });
}

type Mark = Seen & { destination: string; stuck: number };

/**
 * That a question was answered goes to the disk, and with it all that was written before: where a crash of PostgreSQL
 * takes that, no sweep finds the contract, as it does one that is behind.
 */
async function mark(store: Store, made: Mark): Promise<void> {
  const database = made.asked > made.answered ? store.database : store.bookkeeping;
  await markTogether(database, { ...made, now: store.now() });
}

const markTogether = gatherOn(async (database, marks: (Mark & { now: Date })[]) => {
  const lasts = new Map(marks.map((mark) => [`${mark.destination} ${mark.contractId}`, mark]));
  const rows = [...lasts.values()];
  await database.query({
    name: "mark followed",
    text: `insert into followed (destination, contract_id, version, stuck_version, followed_at, answered)
      select * from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[],
          $6::bigint[])
        as mark (destination, contract_id, version, stuck_version, followed_at, answered)
      order by destination, contract_id
      on conflict (destination, contract_id) do update set
        version = greatest(followed.version, excluded.version),
        stuck_version = greatest(followed.stuck_version, excluded.stuck_version),
        answered = greatest(followed.answered, excluded.answered),
        followed_at = excluded.followed_at`,
    values: [
      rows.map((mark) => mark.destination),
      rows.map((mark) => mark.contractId),
      rows.map((mark) => mark.version),
      rows.map((mark) => mark.stuck),
      rows.map((mark) => mark.now),
      rows.map((mark) => mark.asked),
    ],
  });
  return marks.map(() => undefined);
}, leftBehind);

/** A stretch of time in which contracts changed. */
export type Window = { from: Date; to: Date };

/**
 * Contracts that changed in the window and that the destination has not caught up with, so that a wake-up
 * which was lost (its worker killed, its queue not there yet) is made good. The longest waiting come first.
 */
export async function contractsBehind(
  store: Store,
  destination: string,
  { from, to }: Window,
  limit: number,
): Promise<string[]> {
  const { rows } = await store.database.query<{ id: string }>(
    `select contracts.id from contracts
     join destinations on destinations.id = $1 and contracts.changed_at >= destinations.since
     left join followed on followed.destination = $1 and followed.contract_id = contracts.id
     where contracts.changed_at between $2 and $3
       and contracts.version > coalesce(greatest(followed.version, followed.stuck_version), 0)
     order by contracts.changed_at limit $4`,
    [destination, from, to, limit],
  );
  return rows.map((row) => row.id);
}
