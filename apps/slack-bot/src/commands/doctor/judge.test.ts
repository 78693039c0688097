import { expect, it } from "vitest";
import { findFaults } from "../../blocks/validate.ts";
import type { Examination } from "./examination.ts";
import { judgeExamination } from "./judge.ts";
import { doctorMessage } from "./message.ts";

const now = new Date("2026-05-04T09:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const well: Examination = {
  token: { kind: "works", scopes: ["chat:write", "commands"] },
  neededScopes: ["chat:write", "commands"],
  paused: null,
  channels: [{ channel: "C1", standing: "member", stopped: null }],
  channelsLeftOut: 0,
  strangers: [],
  backlog: { waiting: 0, since: null },
  deadLetters: [{ destination: "slack", waiting: 0 }],
  sources: [{ name: "docusign", lastAt: ago(3) }],
};

/** What is said of what is not well, each with its fix. */
function faultsOf(more: Partial<Examination>) {
  return judgeExamination({ ...well, ...more }, now)
    .filter(({ state }) => state !== "good")
    .map(({ state, said, fix }) => [
      state,
      said.map((piece) => (typeof piece === "string" ? piece : piece.token)).join(""),
      fix,
    ]);
}

it("finds nothing where everything is well, and says what it looked at", () => {
  const findings = judgeExamination(well, now);
  expect(new Set(findings.map(({ state }) => state))).toEqual(new Set(["good"]));
  const { text } = doctorMessage(findings);
  expect(text).toContain("Everything is well.");
  expect(text).toContain("1 channel can be posted to.");
  expect(text).toMatch(/docusign was last heard of <!date\^\d+\^/);
});

it.each<[string, Partial<Examination>, string, string]>([
  [
    "a token that is refused",
    { token: { kind: "refused", code: "token_revoked", advice: "Install the app again." } },
    "Slack refuses the bot's token (token_revoked).",
    "Install the app again.",
  ],
  [
    "Slack out of reach",
    { token: { kind: "away" } },
    "Slack could not be asked about the bot's token.",
    "Ask again in a minute.",
  ],
  [
    "a pause",
    { paused: { code: "missing_scope", advice: "Install the app again." } },
    "Posting is paused since Slack refuses our credentials (missing_scope).",
    "Install the app again.",
  ],
  [
    "scopes that are missing",
    { neededScopes: ["chat:write", "commands", "users:read", "im:write"] },
    "The app lacks scopes: users:read, im:write.",
    "Print the manifest (npm run manifest)",
  ],
  [
    "a channel without the bot",
    { channels: [{ channel: "C1", standing: "not-member", stopped: null }] },
    "The bot is no member of <#C1>.",
    "Type /invite @Countersign there.",
  ],
  [
    "an archived channel",
    { channels: [{ channel: "C1", standing: "archived", stopped: null }] },
    "<#C1> is archived.",
    "Unarchive it",
  ],
  [
    "a channel that cannot be seen",
    { channels: [{ channel: "C1", standing: "not-found", stopped: null }] },
    "<#C1> cannot be seen",
    "/invite @Countersign",
  ],
  [
    "a channel that was given up",
    { channels: [{ channel: "C1", standing: "member", stopped: { code: "is_archived" } }] },
    "Nothing is posted to <#C1> any more, since Slack refused it (is_archived).",
    "/contract subscribe",
  ],
  [
    "owners whom nobody is",
    {
      strangers: [
        { email: "dana@old.example", contracts: 4 },
        { email: "mara@old.example", contracts: 1 },
      ],
    },
    "with how many: dana@old.example (4), mara@old.example (1).",
    "/contract connect",
  ],
  [
    "changes that wait long",
    { backlog: { waiting: 1_200, since: ago(6) } },
    "1,200 changes to be shown in Slack, the oldest since <!date",
    "docs/scaling.md",
  ],
  [
    "dead letters",
    {
      deadLetters: [
        { destination: "slack", waiting: 0 },
        { destination: "hubspot", waiting: 2 },
      ],
    },
    "2 changes given up for hubspot.",
    "countersign deadletters redrive --destination hubspot",
  ],
  [
    "a source from which nothing comes",
    { sources: [{ name: "docusign", lastAt: null }] },
    "Nothing has come from docusign of late.",
    "/webhooks/docusign",
  ],
])("says how to mend it: %s", (_, more, said, fix) => {
  const faults = faultsOf(more);
  expect(faults).toHaveLength(1);
  expect(faults).toEqual([["fault", expect.stringContaining(said), expect.stringContaining(fix)]]);
});

it.each<[Partial<Examination>, string]>([
  [{ neededScopes: ["chat:write"] }, "The app has scopes that nothing uses: commands."],
  [{ channels: [] }, "No channel is subscribed to anything."],
  [{ channelsLeftOut: 3 }, "3 more channels not looked at."],
  [{ sources: [{ name: "docusign", lastAt: ago(8 * 24 * 60) }] }, "docusign was last heard of"],
])("tells what is no fault and may matter: %j", (more, said) => {
  const found = faultsOf(more).map(([state, words]) => [state, words]);
  expect(found).toEqual([["note", expect.stringContaining(said)]]);
});

it("does not worry about what has only just come", () => {
  expect(faultsOf({ backlog: { waiting: 3, since: ago(4) } })).toEqual([]);
  expect(faultsOf({ token: { kind: "works", scopes: null } })).toEqual([]);
});

it("keeps to Slack's limits, however much is wrong and whatever things are called", () => {
  const wild = "<!channel> *x* `y` ".repeat(300);
  const message = doctorMessage(
    judgeExamination(
      {
        token: { kind: "refused", code: wild, advice: wild },
        neededScopes: [],
        paused: { code: wild, advice: wild },
        channels: Array.from({ length: 40 }, (_, index) => ({
          channel: index % 2 === 0 ? wild : `C${index}`,
          standing: "not-found" as const,
          stopped: { code: wild },
        })),
        channelsLeftOut: 9,
        strangers: Array.from({ length: 20 }, () => ({ email: wild, contracts: 9 })),
        backlog: { waiting: 1e9, since: ago(1e5) },
        deadLetters: Array.from({ length: 20 }, () => ({ destination: wild, waiting: 9 })),
        sources: Array.from({ length: 30 }, () => ({ name: wild, lastAt: null })),
      },
      now,
    ),
  );
  expect(findFaults(message)).toEqual([]);
  expect(JSON.stringify(message)).not.toContain("<!channel>");
});
