import type { Bench } from "../processes/bench.ts";
import type { AccountReport } from "./account.ts";

type Each<Value> = Record<"slack" | "hubspot" | "salesforce", Value>;

/** The services outside, as one process. */
export type Counterpart = AsyncDisposable & {
  /** With which the apps find it. */
  env: Record<string, string>;
  report: () => Promise<Each<AccountReport>>;
  /** When each contract, by its digits, was first named in a call: monotonic milliseconds. */
  arrivals: () => Promise<Each<Record<string, number>>>;
  forget: () => Promise<void>;
};

export const signingSecret = "bench-signing-secret";

export async function startCounterpart(bench: Bench): Promise<Counterpart> {
  const process = await bench.start("counterpart", {});
  const url = `http://127.0.0.1:${process.port}`;
  const ask = async <Value>(what: string): Promise<Value> => {
    const response = await fetch(`${url}/bench/${what}`, { signal: bench.signal });
    const said: Value = JSON.parse(await response.text());
    return said;
  };
  return {
    env: {
      SLACK_BOT_TOKEN: "xoxb-bench",
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: `${url}/slack/api/`,
      HUBSPOT_ACCESS_TOKEN: "bench",
      HUBSPOT_API_URL: `${url}/hubspot`,
      HUBSPOT_CALLS_PER_10_SECONDS: "1000000",
      SALESFORCE_LOGIN_URL: `${url}/salesforce`,
      SALESFORCE_CLIENT_ID: "bench",
      SALESFORCE_CLIENT_SECRET: "bench",
    },
    report: () => ask("report"),
    arrivals: () => ask("arrivals"),
    forget: async () => void (await ask("forget")),
    [Symbol.asyncDispose]: process.stop,
  };
}
