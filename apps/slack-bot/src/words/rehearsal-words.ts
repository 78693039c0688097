import type { RehearsedPart } from "../rehearse/rehearsal.ts";

/** How something is said, to be followed by where. */
const parts: Record<RehearsedPart, string> = {
  card: "a card",
  reply: "below the card",
  message: "a message",
  digest: "in the digest",
  summary: "summed up, since too much goes on",
  nudge: "a nudge",
};

export const rehearsalWords = {
  part: (part: RehearsedPart) => parts[part],
  would: "would say",
  wouldNoLonger: "would no longer say",
  wouldChange: "would say otherwise",
  settled: "apply leaves it: it was settled before",
  nothingShown: "(nothing)",
  wouldDiffer: (config: string) =>
    `${config} would change what is listed in Slack. Nothing has been posted.`,
  wouldNotDiffer: (config: string) => `${config} would change nothing in Slack.`,
  digestBegins: (when: string) => `a digest at ${when} would be sent`,
  digestEnds: (when: string) => `the digest at ${when} would no longer be sent`,
  digestIsOther: (when: string) => `the digest at ${when} would sum up other contracts`,
  person: (address: string) => `the messages with ${address}`,
};
