/** What made a webhook's way unusual, for people. */
export type Mark = "duplicate" | "reordered" | "delayed" | "held back" | "repeated" | "test";

/** What a provider is about to tell the receiver: a body in the vendor's shape, not yet signed. */
export type Letter = {
  contractId: string;
  providerId: string;
  title: string;
  /** What it says, for people: `Signed by Dana Reyes`. */
  what: string;
  body: Uint8Array;
  /** 0 for the first sending, 1 for what is already a repetition. */
  attempt: number;
  marks: readonly Mark[];
};

/** A letter on its way. `status` is the receiver's last answer, null where there was none. */
export type Webhook = Letter & {
  id: string;
  /** ISO 8601: when it was first sent. */
  at: string;
  state: "sending" | "accepted" | "waiting" | "refused" | "lost";
  status: number | null;
  /** How long the last answer took. */
  ms: number | null;
  tries: number;
  nextTryAt: string | null;
};

/** How the letter stands after a try, and after how many milliseconds the next one is due. */
export function afterTry(
  webhook: Webhook,
  answer: { status: number | null; ms: number; at: Date },
  delays: readonly number[],
): { webhook: Webhook; retryIn: number | null } {
  const tries = webhook.tries + 1;
  const accepted = answer.status !== null && answer.status >= 200 && answer.status < 300;
  const retryIn = accepted ? null : (delays[tries - 1] ?? null);
  return {
    retryIn,
    webhook: {
      ...webhook,
      tries,
      status: answer.status,
      ms: answer.ms,
      state: accepted ? "accepted" : retryIn === null ? "refused" : "waiting",
      nextTryAt: retryIn === null ? null : new Date(answer.at.getTime() + retryIn).toISOString(),
    },
  };
}
