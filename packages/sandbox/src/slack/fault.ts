import { z } from "zod";

/**
 * What the next calls meet instead of Slack's normal answer.
 * - `rate-limited`: 429 with Retry-After
 * - `error`: one of Slack's own words, such as `invalid_auth` (https://docs.slack.dev/reference/methods/chat.postMessage#errors)
 * - `server-error`: HTTP 500, nothing applied
 * - `garbage`: HTTP 200 with a page of HTML, as from a proxy on the way; nothing applied
 * - `hang`: no answer, nothing applied
 * - `drop-after-applying`: the call takes effect, then the connection is cut
 */
export const slackFaultSchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("rate-limited"), retryAfterSeconds: z.number().min(0).default(1) }),
    z.object({ kind: z.literal("error"), error: z.string().min(1) }),
    z.object({ kind: z.enum(["server-error", "garbage", "hang", "drop-after-applying"]) }),
  ])
  .and(
    z.object({
      /** A Web API method such as `chat.postMessage`; every method where absent. */
      method: z.string().optional(),
      /** A channel id; every channel where absent. */
      channel: z.string().optional(),
      /** Only calls that say this, such as a contract's title. */
      saying: z.string().min(1).optional(),
      /** How many calls it meets. Default 1. */
      times: z.number().int().positive().optional(),
    }),
  );

export type SlackFault = z.input<typeof slackFaultSchema>;

/** One request to the Web API, whether or not it changed anything. */
export type SlackCall = { method: string; channel: string | null; at: string };

/** The first fault that meets this call, which says `text`, and the faults that are left after it. */
export function meet(
  faults: readonly SlackFault[],
  call: SlackCall,
  text: string,
): { fault: SlackFault | null; left: SlackFault[] } {
  const at = faults.findIndex((fault) => reaches(fault, call, text));
  const fault = faults[at];
  if (fault === undefined) return { fault: null, left: [...faults] };
  const times = (fault.times ?? 1) - 1;
  return { fault, left: faults.toSpliced(at, 1, ...(times > 0 ? [{ ...fault, times }] : [])) };
}

function reaches(fault: SlackFault, call: SlackCall, text: string): boolean {
  return (
    (fault.method === undefined || fault.method === call.method) &&
    (fault.channel === undefined || fault.channel === call.channel) &&
    (fault.saying === undefined || text.includes(fault.saying))
  );
}
