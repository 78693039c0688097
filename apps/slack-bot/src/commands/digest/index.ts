import { personOf } from "../../acting/people.ts";
import { say } from "../../acting/say.ts";
import { isDirect, type Asking, type Reply } from "../../asking.ts";
import { channelDigestNow, personDigestNow } from "../../digests/now.ts";
import type { Ports } from "../../ports.ts";
import { askedChannel } from "../../subscribing/channel.ts";
import { setChannelDigest, setOwnDigest } from "../../subscribing/digest.ts";
import { subscribeWords } from "../../words/subscribe-words.ts";
import type { Command } from "../command.ts";
import { readShowing } from "../showing.ts";
import { readDigestAsked } from "./read-asked.ts";

/** `/contract digest [daily|weekdays|weekly at 9:00 [zone]|off]`, for the channel; in direct messages for the person. */
export const digest: Command = {
  slash: "/contract",
  verb: "digest",
  words: "[daily|weekdays|weekly at 9:00 [zone]|off]",
  summary: "what happened, now or regularly, here or for you in direct messages",
  async answer(typed, asking, ports) {
    const { words, share } = readShowing(typed);
    const asked = readDigestAsked(words);
    if (asked.kind === "unreadable") return say(subscribeWords.unreadableDigest(words));
    if (asked.kind === "now") return digestNow(ports, asking, share);
    const wanted = asked.kind === "off" ? null : asked;
    const set = isOwn(asking) ? setOwnDigest : setChannelDigest;
    return { kind: "message", message: await set(ports, asking, wanted) };
  },
};

function isOwn({ channel }: Asking): boolean {
  return channel === null || isDirect(channel);
}

async function digestNow(ports: Ports, asking: Asking, share: boolean): Promise<Reply> {
  const channel = await askedChannel(ports, asking);
  if (channel === null) {
    const { email, ...person } = await personOf(ports, asking);
    if (email === null) return say(subscribeWords.noAddress);
    return { kind: "message", message: await personDigestNow(ports, { ...person, email }) };
  }
  if (channel.rules.length === 0) return say(subscribeWords.hearsNothing);
  return { kind: "message", message: await channelDigestNow(ports, channel), share };
}
