import type { Answer, ProviderConnection } from "@countersign/core";
import { RetryLater } from "@countersign/store";
import type { Sources } from "./sources.ts";

/** How a call to a provider's API ended. */
export type AskedResult = Answer<unknown>["outcome"] | "failed";

/** What will not be otherwise in a while. */
export type FinalAnswer<Value> = Exclude<
  Answer<Value>,
  { outcome: "later" } | { outcome: "unauthorized" }
>;

/**
 * Makes a call that reads at a source's provider, of whose end `hear` is told. Throws RetryLater where the provider
 * says when to come back, and while it refuses the source's credentials.
 */
export type AskSource = <Value>(
  source: string,
  call: (connection: ProviderConnection) => Promise<Answer<Value>>,
  hear: (result: AskedResult) => void,
) => Promise<FinalAnswer<Value>>;

/** A source whose credentials are refused is asked again after so long. */
const refusedSeconds = 300;

/**
 * While a provider refuses a source's credentials that source alone waits: the others go on, and so does what needs
 * no provider.
 */
export function createAskSource(sources: Sources, now: () => Date): AskSource {
  const heldUntil = new Map<string, number>();
  return async (source, call, hear) => {
    const connection = sources.get(source);
    if (connection === undefined) throw new Error("A source without access was asked.");
    const wait = (heldUntil.get(source) ?? 0) - now().getTime();
    if (wait > 0) throw new RetryLater(Math.ceil(wait / 1_000));
    const answer = await heard(() => call(connection), hear);
    heldUntil.delete(source);
    if (answer.outcome === "later") throw new RetryLater(answer.seconds);
    if (answer.outcome !== "unauthorized") return answer;
    heldUntil.set(source, now().getTime() + refusedSeconds * 1_000);
    throw new RetryLater(refusedSeconds);
  };
}

/** Tells how the call ended. */
export async function heard<Value>(
  call: () => Promise<Answer<Value>>,
  hear: (result: AskedResult) => void,
): Promise<Answer<Value>> {
  let answer: Answer<Value>;
  try {
    answer = await call();
  } catch (error) {
    hear("failed");
    throw error;
  }
  hear(answer.outcome);
  return answer;
}
