import { Connection } from "jsforce";
import { isSessionExpired } from "./errors.ts";

/** Prism's description in packages/sandbox is of this version too. */
export const apiVersion = "59.0";

/** `userId`: whom the org lets us in as. */
export type Token = { accessToken: string; instanceUrl: string; userId: string };

export type Session = {
  /** Where the org is, once somebody has signed in. */
  url(): string;
  use<Result>(work: (connection: Connection, userId: string) => Promise<Result>): Promise<Result>;
};

type Opened = { connection: Connection; userId: string };

/**
 * Signs in at first use, once for all who wait for it, and once more where a session has ended. jsforce's
 * own refresh repeats without end while Salesforce answers 401, and loses the reason of a refused sign-in.
 */
export function createSession(signIn: () => Promise<Token>): Session {
  let current: Promise<Opened> | null = null;
  let url = "";
  const connect = (): Promise<Opened> => {
    const connecting = (current ??= signIn().then(({ userId, ...token }) => {
      url = token.instanceUrl;
      return { connection: new Connection({ ...token, version: apiVersion }), userId };
    }));
    connecting.catch(() => forget(connecting));
    return connecting;
  };
  const forget = (ended: Promise<Opened>) => {
    if (current === ended) current = null;
  };
  return {
    url: () => url,
    async use(work) {
      const connecting = connect();
      try {
        const { connection, userId } = await connecting;
        return await work(connection, userId);
      } catch (error) {
        if (!isSessionExpired(error)) throw error;
        forget(connecting);
        const { connection, userId } = await connect();
        return work(connection, userId);
      }
    },
  };
}
