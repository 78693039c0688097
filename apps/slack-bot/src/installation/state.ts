import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";

/** What is asked of Slack when an installation begins, to be had back when it ends. */
const Begun = z.object({
  /** The address to which Slack sends the person back. */
  back: z.url(),
  /** Milliseconds since 1970. */
  at: z.number(),
  nonce: z.string(),
});

/** How long a person may take to allow it, in milliseconds. */
export const patience = 600_000;

/** A text that only whoever has the secret can have made. `nonce` is new each time and cannot be guessed. */
export function signState(
  { back, now, nonce }: { back: string; now: Date; nonce: string },
  secret: string,
): string {
  const begun = { back, at: now.getTime(), nonce } satisfies z.infer<typeof Begun>;
  const said = Buffer.from(JSON.stringify(begun)).toString("base64url");
  return `${said}.${signatureOf(said, secret).toString("base64url")}`;
}

/**
 * What was begun, where the state that Slack handed back is ours, younger than ten minutes, and the one that
 * this same browser was given; else null. Without the browser's, a stranger could have somebody finish an
 * installation of the stranger's.
 */
export function readState(
  { returned, ofBrowser, now }: { returned: string; ofBrowser: string; now: Date },
  secret: string,
): { back: string } | null {
  const [said = "", signature = ""] = returned.split(".");
  const expected = signatureOf(said, secret);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  if (returned !== ofBrowser) return null;
  const begun = Begun.safeParse(JSON.parse(Buffer.from(said, "base64url").toString("utf8")));
  if (!begun.success) return null;
  const age = now.getTime() - begun.data.at;
  return age >= 0 && age <= patience ? { back: begun.data.back } : null;
}

function signatureOf(said: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(`countersign install ${said}`).digest();
}
