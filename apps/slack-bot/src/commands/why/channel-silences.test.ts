import { describe, expect, it } from "vitest";
import type { Kept } from "../../audience/kept.ts";
import { pastOf, termsOf } from "../../subscriptions/testing/facts.ts";
import { at, signing } from "../../testing/contracts.ts";
import { silenceWords } from "../../words/silence-words.ts";
import { channelSilences, type ChannelInput } from "./channel-silences.ts";

const { facts, events } = pastOf({}, signing.sent, signing.annSigns);
const spot = { workspace: "T1", channel: "C1" };

const input: ChannelInput = {
  spot,
  own: [],
  defaultChannel: null,
  facts,
  events,
  isLoud: false,
};

function subscription(typed: string, more: Partial<Kept> = {}): Kept {
  const by = { id: "1", madeBy: "U1", madeAt: new Date(at("08:00")), stopped: null };
  return { ...spot, ...by, meaning: { kind: "terms", terms: termsOf(typed) }, ...more };
}

describe("a channel", () => {
  it("that hears of it gives no reason", () => {
    expect(channelSilences({ ...input, own: [subscription("")] })).toEqual([]);
    expect(channelSilences({ ...input, defaultChannel: spot })).toEqual([]);
    const both = [subscription("tag:x"), subscription("event:signed")];
    expect(channelSilences({ ...input, own: both })).toEqual([]);
  });

  it("is subscribed to nothing", () => {
    expect(channelSilences(input)).toEqual([silenceWords.nothingSubscribed]);
    const defaultChannel = { workspace: "T1", channel: "C2" };
    expect(channelSilences({ ...input, defaultChannel })).toEqual([silenceWords.nothingSubscribed]);
  });

  it("does not want it, and says what its one subscription wants", () => {
    const [one = ""] = channelSilences({ ...input, own: [subscription("tag:x")] });
    expect(one).toMatch(/^This channel does not want it\. Its subscription: .*tagged “x”.*\. To/);
    const own = [subscription("tag:x"), subscription("tag:y")];
    expect(channelSilences({ ...input, own })).toEqual([silenceWords.notWanted(null)]);
    expect(channelSilences({ ...input, own, defaultChannel: spot })).toHaveLength(1);
  });

  it.each([
    ["event:completed", {}, silenceWords.noEvent],
    ["", { madeAt: new Date(at("12:00")) }, silenceWords.tooOld],
    ["mode:digest", {}, silenceWords.digest],
  ])("wants it, but tells nothing: %j", (typed, more, said) => {
    expect(channelSilences({ ...input, own: [subscription(typed, more)] })).toEqual([said]);
  });

  it("can no longer be posted to", () => {
    const stopped = { code: "is_archived", message: "The channel is archived." };
    const own = [subscription("", { stopped })];
    expect(channelSilences({ ...input, own })).toEqual([
      "Nothing can be posted in this channel: The channel is archived.",
    ]);
  });

  it("is too loud now", () => {
    const own = [subscription("")];
    expect(channelSilences({ ...input, own, isLoud: true })).toEqual([silenceWords.loud]);
  });
});
