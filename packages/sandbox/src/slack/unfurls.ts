import type { Part } from "./part.ts";

/** What an app shows of the links in one message, by address. */
export type Unfurls = {
  show: (channel: string, ts: string, unfurls: Record<string, Part>) => void;
  of: (channel: string, ts: string) => Record<string, Part>;
  /** A link that was shared, by the id its event carries. */
  share: (unfurlId: string, channel: string, ts: string) => void;
  shared: (unfurlId: string) => { channel: string; ts: string } | undefined;
  clear: () => void;
};

export function createUnfurls(): Unfurls {
  const shown = new Map<string, Record<string, Part>>();
  const shares = new Map<string, { channel: string; ts: string }>();
  return {
    show(channel, ts, unfurls) {
      const key = `${channel} ${ts}`;
      shown.set(key, { ...shown.get(key), ...unfurls });
    },
    of: (channel, ts) => shown.get(`${channel} ${ts}`) ?? {},
    share: (unfurlId, channel, ts) => void shares.set(unfurlId, { channel, ts }),
    shared: (unfurlId) => shares.get(unfurlId),
    clear() {
      shown.clear();
      shares.clear();
    },
  };
}
