import { Connection } from "jsforce";
import { isSessionExpired } from "./errors.ts";

/** Prism's description in packages/sandbox is of this version too. */
export const apiVersion = "59.0";

export type Token = { accessToken: string; instanceUrl: string };

export type Session = {
  /** Where the org is, once somebody has signed in. */
  url(): string;
  use<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>;
};

/**
 * Signs in at first use, once for all who wait for it, and once more where a session has ended. jsforce's
 * own refresh repeats without end while Salesforce answers 401, and loses the reason of a refused sign-in.
 */
export function createSession(signIn: () => Promise<Token>): Session {
  let current: Promise<Connection> | null = null;
  let url = "";
  const connect = (): Promise<Connection> => {
    const connecting = (current ??= signIn().then((token) => {
      url = token.instanceUrl;
      return new Connection({ ...token, version: apiVersion });
    }));
    connecting.catch(() => forget(connecting));
    return connecting;
  };
  const forget = (ended: Promise<Connection>) => {
    if (current === ended) current = null;
  };
  return {
    url: () => url,
    async use(work) {
      const connecting = connect();
      try {
        return await work(await connecting);
      } catch (error) {
        if (!isSessionExpired(error)) throw error;
        forget(connecting);
        return work(await connect());
      }
    },
  };
}
