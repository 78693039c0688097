import type { Json } from "@countersign/core";
import type { Reader } from "../database.ts";
import type { Store } from "../store.ts";

/** What a channel of a destination wants to hear. The rule's meaning is the destination's business. */
export type Subscription = {
  id: string;
  destination: string;
  /** Empty where the destination has one workspace only. */
  workspace: string;
  channel: string;
  rule: Json;
  madeBy: string;
  madeAt: Date;
  /** Why nothing more goes to this channel; null while it does. */
  stopped: { code: string; message: string } | null;
};

export type NewSubscription = Pick<
  Subscription,
  "destination" | "workspace" | "channel" | "rule" | "madeBy"
>;

export async function saveSubscription(
  store: Store,
  { destination, workspace, channel, rule, madeBy }: NewSubscription,
): Promise<string> {
  const { rows } = await store.database.query<{ id: string }>(
    `insert into subscriptions (destination, workspace, channel, rule, made_by, made_at)
     values ($1, $2, $3, $4, $5, $6) returning id`,
    [destination, workspace, channel, JSON.stringify(rule), madeBy, store.now()],
  );
  if (rows[0] === undefined) throw new Error("PostgreSQL returned no row for a subscription.");
  return rows[0].id;
}

/**
 * Changes what a subscription wants from now on, as if it were new; a stopped one begins anew. False where there is
 * none with this id.
 */
export async function changeSubscription(
  store: Store,
  id: string,
  { rule, madeBy }: Pick<Subscription, "rule" | "madeBy">,
): Promise<boolean> {
  const { rowCount } = await store.database.query(
    `update subscriptions set rule = $2, made_by = $3, made_at = $4, stopped_at = null,
       stopped_code = null, stopped_message = null where id = $1`,
    [id, JSON.stringify(rule), madeBy, store.now()],
  );
  return rowCount === 1;
}

export async function removeSubscription(store: Store, id: string): Promise<boolean> {
  const { rowCount } = await store.database.query("delete from subscriptions where id = $1", [id]);
  return rowCount === 1;
}

/**
 * Nothing more goes to the channel by its subscriptions, until one is changed. Which ones this stopped: none
 * where they had been stopped before.
 */
export async function stopSubscriptions(
  store: Store,
  of: Pick<Subscription, "destination" | "workspace" | "channel">,
  why: { code: string; message: string },
): Promise<string[]> {
  const { rows } = await store.database.query<{ id: string }>(
    `update subscriptions set stopped_at = $4, stopped_code = $5, stopped_message = $6
     where destination = $1 and workspace = $2 and channel = $3 and stopped_at is null
     returning id`,
    [of.destination, of.workspace, of.channel, store.now(), why.code, why.message],
  );
  return rows.map(({ id }) => id);
}

/** The subscriptions of a destination, the oldest first: all, or those of one channel. */
export async function readSubscriptions(
  { database }: Reader,
  destination: string,
  of?: { workspace: string; channel: string },
): Promise<Subscription[]> {
  const { rows } = await database.query<SubscriptionRow>(
    `select * from subscriptions where destination = $1
       and ($2::text is null or workspace = $2) and ($3::text is null or channel = $3)
     order by id`,
    [destination, of?.workspace ?? null, of?.channel ?? null],
  );
  return rows.map(toSubscription);
}

type SubscriptionRow = {
  id: string;
  destination: string;
  workspace: string;
  channel: string;
  rule: Json;
  made_by: string;
  made_at: Date;
  stopped_code: string | null;
  stopped_message: string | null;
};

function toSubscription(row: SubscriptionRow): Subscription {
  const { stopped_code: code, stopped_message: message } = row;
  return {
    id: row.id,
    destination: row.destination,
    workspace: row.workspace,
    channel: row.channel,
    rule: row.rule,
    madeBy: row.made_by,
    madeAt: row.made_at,
    stopped: code === null ? null : { code, message: message ?? "" },
  };
}
