import type { Grant } from "./tokens.ts";

type Pending = { grant: Grant; clientId: string; redirectUri: string; issuedAt: number };

/** https://docs.slack.dev/authentication/installing-with-oauth: ten minutes, one use. */
const validForMs = 600_000;

export type Codes = {
  issue: (pending: Omit<Pending, "issuedAt">) => string;
  /** Null where the code is unknown, used, or older than ten minutes. */
  exchange: (code: string) => Omit<Pending, "issuedAt"> | null;
  clear: () => void;
};

export function createCodes(ports: { now: () => Date; newId: () => string }): Codes {
  const pending = new Map<string, Pending>();
  return {
    issue(granted) {
      const code = `code-${ports.newId()}`;
      pending.set(code, { ...granted, issuedAt: ports.now().getTime() });
      return code;
    },
    exchange(code) {
      const found = pending.get(code);
      pending.delete(code);
      if (found === undefined || ports.now().getTime() - found.issuedAt > validForMs) return null;
      return found;
    },
    clear: () => pending.clear(),
  };
}
