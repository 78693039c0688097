import { isDirect } from "../asking.ts";
import { forgetUnfurls, releaseUnfurl, takeUnfurl, type Unfurl } from "@countersign/store";
import type { LinkUnfurls } from "@slack/types";
import { WebAPIPlatformError } from "@slack/web-api";
import { z } from "zod";
import type { EventHandler } from "../events/event.ts";
import type { Ports } from "../ports.ts";
import { findSubject, subjectName } from "./find-subject.ts";
import { renderSubject, type Viewers } from "./render.ts";

/** https://docs.slack.dev/reference/events/link_shared */
const LinkShared = z.object({
  channel: z.string(),
  user: z.string().nullish(),
  message_ts: z.string(),
  source: z.string().nullish(),
  is_bot_user_member: z.boolean().nullish(),
  links: z.array(z.object({ url: z.string() })),
});

type Shared = z.infer<typeof LinkShared>;

/** A message with more links than that is about something else. */
const mostLinks = 2;

/** For how long a link is not shown again in the same channel, in milliseconds. */
const pause = 30 * 60_000;

/** What Slack answers where the message or its link is gone, or must not be touched. */
const expected = new Set([
  "cannot_unfurl_url",
  "cannot_find_message",
  "cannot_find_channel",
  "cannot_unfurl_message",
  "is_archived",
]);

/**
 * Somebody shared a link to a contract or a deal: what stands behind it is shown below. Not while the message
 * is still being written (which channel it is for is not known then), and not where people of another
 * organization read along.
 */
export const linkShared: EventHandler = {
  type: "link_shared",
  scopes: ["links:read", "links:write"],
  async handle({ workspace, isShared, given }, ports) {
    const shared = LinkShared.parse(given);
    const links = [...new Set(shared.links.map(({ url }) => url))];
    if (isShared || shared.source === "composer" || links.length > mostLinks) return;
    const shown = await Promise.all(links.map((url) => unfurlOf(ports, url, workspace, shared)));
    const taken = shown.filter((one) => one !== null);
    if (taken.length === 0) return;
    try {
      const unfurls = Object.fromEntries(taken.map(({ url, shown }) => [url, shown]));
      const { client } = await ports.workspaces.open(workspace);
      await client.chat.unfurl({ channel: shared.channel, ts: shared.message_ts, unfurls });
    } catch (error) {
      for (const { unfurl } of taken) await releaseUnfurl(ports.store(), unfurl);
      if (!isExpected(error)) throw error;
    }
  },
};

type Taken = { unfurl: Unfurl; url: string; shown: LinkUnfurls[string] };

/** What is to stand below the link; null where that is nothing, or stood there a while ago. */
async function unfurlOf(
  ports: Ports,
  url: string,
  workspace: string,
  shared: Shared,
): Promise<Taken | null> {
  const store = ports.store();
  const subject = await findSubject(store, url, Object.keys(ports.dealFields));
  if (subject === null) return null;
  const message = await renderSubject(ports, subject, viewersOf(workspace, shared));
  if (message === null) return null;
  const unfurl = { workspace, channel: shared.channel, subject: subjectName(subject) };
  const since = new Date(store.now().getTime() - pause);
  if (!(await takeUnfurl(store, unfurl, since))) return null;
  return { unfurl, url, shown: { fallback: message.text, blocks: message.blocks } };
}

/** Of direct messages, only those with us have one reader. */
function viewersOf(workspace: string, { channel, user, is_bot_user_member }: Shared): Viewers {
  const isOurs = isDirect(channel) && is_bot_user_member === true;
  return { workspace, userId: isOurs ? (user ?? null) : null };
}

function isExpected(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && expected.has(error.data.error);
}

/** Forgets links that may be shown again anyway. */
export async function forgetOldUnfurls(ports: Pick<Ports, "store">): Promise<number> {
  const store = ports.store();
  return forgetUnfurls(store, new Date(store.now().getTime() - pause));
}
