/** Where an answer through a response_url goes: the person and place of the act, and the message acted on. */
export type Place = {
  teamId: string;
  channel: string;
  user: string;
  /** The message whose control was used. */
  source: { ts: string; ephemeral: boolean; threadTs: string | null } | null;
};

export type ResponseUrls = {
  issue: (place: Place) => string;
  take: (id: string) => Place | { refused: "expired_url" | "used_url" };
  clear: () => void;
};

/** https://docs.slack.dev/interactivity/handling-user-interaction#message_responses: five within thirty minutes. */
const validForMs = 1_800_000;
const uses = 5;

export function createResponseUrls(ports: {
  now: () => Date;
  newId: () => string;
  /** The sandbox's own address. */
  address: () => string;
}): ResponseUrls {
  const issued = new Map<string, { place: Place; until: number; left: number }>();
  return {
    issue(place) {
      const id = ports.newId();
      issued.set(id, { place, until: ports.now().getTime() + validForMs, left: uses });
      return `${ports.address()}/slack/respond/${id}`;
    },
    take(id) {
      const found = issued.get(id);
      if (found === undefined || found.until < ports.now().getTime())
        return { refused: "expired_url" };
      if (found.left === 0) return { refused: "used_url" };
      found.left -= 1;
      return found.place;
    },
    clear: () => issued.clear(),
  };
}
