import type { Reader } from "../database.ts";
import { gatherOn } from "../gather-on.ts";
import type { Store } from "../store.ts";

/** A channel or direct message of a destination. */
export type Place = {
  destination: string;
  channel: string;
  workspace: string;
  /** Whose direct messages they are; null for a channel. */
  person: string | null;
  /** Since when it cannot be posted to, and why; null where nothing is known against it. */
  lost: { at: Date; code: string } | null;
};

/** Notes where the channel is, which never changes. */
export async function savePlace(store: Store, place: Omit<Place, "lost">): Promise<void> {
  const { destination, channel, workspace, person } = place;
  await store.database.query(
    `insert into places (destination, channel, workspace, person) values ($1, $2, $3, $4)
     on conflict (destination, channel) do nothing`,
    [destination, channel, workspace, person],
  );
}

/** Where the channel is; null where that was never noted. */
export function readPlace(
  { database }: Reader,
  destination: string,
  channel: string,
): Promise<Place | null> {
  return readTogether(database, { destination, channel });
}

const readTogether = gatherOn(
  async (database, asked: { destination: string; channel: string }[]) => {
    const { rows } = await database.query<PlaceRow>({
      name: "read places",
      text: `select places.* from places
        join (select distinct * from unnest($1::text[], $2::text[]) as asked (destination, channel))
          as asked using (destination, channel)`,
      values: [asked.map((one) => one.destination), asked.map((one) => one.channel)],
    });
    const places = new Map(rows.map(toPlace).map((place) => [nameOf(place), place]));
    return asked.map((one) => places.get(nameOf(one)) ?? null);
  },
);

/** Notes that it cannot be posted to. */
export async function losePlace(
  store: Store,
  { destination, channel }: Pick<Place, "destination" | "channel">,
  code: string,
): Promise<void> {
  await store.database.query(
    "update places set lost_at = $3, lost_code = $4 where destination = $1 and channel = $2",
    [destination, channel, store.now(), code],
  );
}

/** Somebody says that it can be posted to again. */
export async function regainPlace(
  store: Store,
  { destination, channel }: Pick<Place, "destination" | "channel">,
): Promise<void> {
  await store.database.query(
    "update places set lost_at = null, lost_code = null where destination = $1 and channel = $2",
    [destination, channel],
  );
}

function nameOf({ destination, channel }: Pick<Place, "destination" | "channel">): string {
  return `${destination} ${channel}`;
}

type PlaceRow = {
  destination: string;
  channel: string;
  workspace: string;
  person: string | null;
  lost_at: Date | null;
  lost_code: string | null;
};

function toPlace(row: PlaceRow): Place {
  const { destination, channel, workspace, person, lost_at: at, lost_code: code } = row;
  const lost = at === null ? null : { at, code: code ?? "" };
  return { destination, channel, workspace, person, lost };
}
