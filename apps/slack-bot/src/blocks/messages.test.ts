import { aFact } from "@countersign/store/testing";
import { describe, expect, it } from "vitest";
import { at, described, signing } from "../testing/contracts.ts";
import { actionIds, actionOf } from "./action-ids.ts";
import { contractListMessage } from "./contract-list.ts";
import { digestMessage } from "./digest.ts";
import { historyMessage } from "./history.ts";
import { calmNotice, loudNotice, stoppedNotice } from "./notices.ts";
import { nudgeMessage } from "./nudge.ts";
import { onlyPage } from "./page-buttons.ts";
import { pickerMessage } from "./picker.ts";
import { cardFrom } from "./testing/cards.ts";
import { buttonsOf, read } from "./testing/readable.ts";
import { findFaults } from "./validate.ts";
import { whyMessage } from "./why.ts";

const { sent, annSigns, completed } = signing;
const url = "https://app.docusign.com/documents/1";
const bounced = aFact("recipient.bounced", { recipient: "1", occurredAt: at("09:30") });
const waiting = cardFrom(described({ url }), sent, annSigns);
const finished = cardFrom(described({ title: "Old lease" }), sent, completed);
const troubled = cardFrom(described({ title: "New lease" }), sent, bounced);

describe("a digest", () => {
  const digest = { kind: "channel", since: at("08:00"), cutAt: null } as const;

  it("has a line for each contract, in three groups", () => {
    const message = digestMessage({
      ...digest,
      attention: [troubled],
      waiting: [waiting, waiting],
      finished: [finished],
    });
    expect(message.text).toBe(
      "Contracts in short: 1 needs attention, 2 wait for signatures, 1 is finished.",
    );
    const shown = read(message);
    for (const words of [
      "*Need attention* (1)\n⚠️ New lease · Needs attention: the mail to Ann Lee bounced",
      `*Waiting* (2)\n✍️ <${url}|Mill lease> · Partly signed, waits for Bob Roy since <!date^1777885800^`,
      "*Finished* (1)\n✅ Old lease · Completed, <!date^",
    ]) {
      expect(shown).toContain(words);
    }
    expect(findFaults(message)).toEqual([]);
  });

  it("shows twenty, and says how many more there are", () => {
    const message = digestMessage({
      ...digest,
      attention: Array.from({ length: 4 }, () => troubled),
      waiting: Array.from({ length: 30 }, () => waiting),
      finished: [finished],
    });
    const shown = read(message);
    expect(shown.match(/Mill lease/g)).toHaveLength(16);
    expect(shown).toContain("and 14 more");
    expect(shown).toContain("*Finished* (1)\nand 1 more");
  });

  it("says so where there were more than it sums up", () => {
    const cut = { attention: [], waiting: [waiting], finished: [], cutAt: 2_000 };
    const message = digestMessage({ ...digest, ...cut });
    expect(JSON.stringify(message.blocks.at(-1))).toContain(
      "There were more: these are the 2,000 that changed last.",
    );
    expect(findFaults(message)).toEqual([]);
  });

  it("says so where nothing happened", () => {
    const message = digestMessage({ ...digest, attention: [], waiting: [], finished: [] });
    expect(read(message)).toContain("Nothing happened.");
  });
});

describe("a nudge", () => {
  const nudge = { card: waiting, waitsFor: ["Bob Roy"], at: at("09:10"), isEscalated: false };
  it.each([
    ["unsigned", "Bob Roy viewed it and has not signed", "since <!date^1777885800^"],
    ["quiet", "it is partly signed and waits for Bob Roy", "since <!date^1777885800^"],
    ["expiring", "it expires soon and waits for Bob Roy", "expires <!date^1777885800^"],
  ] as const)("says what has stalled: %s", (kind, words, time) => {
    const message = nudgeMessage({ ...nudge, kind });
    expect(message.text).toBe(`The contract “Mill lease” needs a push: ${words}.`);
    expect(read(message)).toContain(`<${url}|Mill lease> · ${words} · ${time}`);
    expect([...buttonsOf(message).keys()]).toContain("Send reminder");
  });

  it("says that its owner was told before", () => {
    const message = nudgeMessage({ ...nudge, kind: "quiet", isEscalated: true });
    expect(message.text).toMatch(/Bob Roy\. Nothing has come of telling its owner\.$/);
  });
});

describe("a notice", () => {
  it("says that it is too much, and that it is calm again", () => {
    expect(loudNotice({ posts: 61, perMinutes: 10, everyMinutes: 1 }).text).toBe(
      "Too much is going on here: 61 messages in 10 minutes. Until it calms, I sum up what happens every 1 minute. The cards stay true.",
    );
    expect(calmNotice().text).toContain("calm again");
  });

  it("tells an admin where it cannot post, why, and what to do", () => {
    const stopped = {
      target: "C0123456789",
      reason: "Slack refused (is_archived)",
      advice: "Unarchive it.",
    };
    const message = stoppedNotice(stopped);
    expect(message.text).toBe(
      "I can no longer post in <#C0123456789>. Reason: Slack refused (is_archived). What to do: Unarchive it.",
    );
    expect(read(message)).toContain("⚠️ I can no longer post in <#C0123456789>.\n*Reason* Slack");
  });

  it("mentions nobody", () => {
    const message = stoppedNotice({ target: "U0123456789", reason: "", advice: "" });
    expect(message.text).toBe("I can no longer write to U0123456789.");
  });
});

describe("a list", () => {
  const list = { heading: "Open contracts", cards: [waiting, troubled] };

  it("has a line for each contract and buttons to the pages beside it", () => {
    const paging = { previous: "list open 1", next: "list open 3" };
    const message = contractListMessage({ ...list, page: 2, paging });
    expect(message.text).toBe(
      "Open contracts, page 2:\n“Mill lease”: Partly signed, waits for Bob Roy.\n“New lease”: Needs attention: the mail to Ann Lee bounced.",
    );
    const buttons = buttonsOf(message);
    expect(buttons.get("Previous")).toMatchObject({ value: "list open 1" });
    expect(buttons.get("Next")).toMatchObject({ value: "list open 3" });
    for (const { action_id } of buttons.values()) {
      expect(actionOf(String(action_id))).toBe(actionIds.page);
    }
  });

  it("has no buttons where there is no other page", () => {
    expect(buttonsOf(contractListMessage({ ...list, page: 1, paging: onlyPage })).size).toBe(0);
  });

  it("says so where there is nothing to list", () => {
    const message = contractListMessage({ ...list, cards: [], page: 1, paging: onlyPage });
    expect(message.text).toBe("There is no such contract.");
  });
});

it.each([
  [false, "2 contracts answer to that. Which one?"],
  [true, "More than 2 contracts answer to that. Which one? Add a word to name it."],
])("lets people pick a contract (others answer too: %s)", (hasMore, question) => {
  const message = pickerMessage(
    [
      { card: waiting, value: "status docusign/c1" },
      { card: finished, value: "status docusign/c2" },
    ],
    hasMore,
  );
  expect(message.text.split("\n")[0]).toBe(question);
  expect(read(message)).toContain("✅ “Old lease”: Completed.");
  expect(JSON.stringify(message.blocks)).toContain('"value":"status docusign/c2"');
  expect(findFaults(message)).toEqual([]);
});

it("tells the history of a contract, with how each thing became known", () => {
  const entry = { reason: null, note: null, claimed: false } as const;
  const message = historyMessage({
    card: waiting,
    entries: [
      { ...entry, type: "contract.sent", who: null, at: at("09:00"), via: "webhook" },
      {
        ...entry,
        type: "contract.noted",
        who: null,
        at: at("09:05"),
        via: "webhook",
        note: "reminded",
      },
      {
        ...entry,
        type: "recipient.signed",
        who: "Ann Lee",
        at: at("09:10"),
        via: "reconcile",
        claimed: true,
      },
    ],
    page: 1,
    paging: onlyPage,
  });
  expect(message.text).toBe("The history of “Mill lease” has 3 entries here. Ann Lee signed.");
  const shown = read(message);
  expect(shown).toMatch(/📨 The contract was sent · <!date[^>]+> · by webhook\n/);
  expect(shown).toContain("The contract was noted: reminded · <!date^");
  expect(shown).toMatch(
    /Ann Lee signed · <!date[^>]+> · read back from the provider · ⏳ not confirmed yet/,
  );
});

it("shows why a contract is where it is, from what came in to what was done", () => {
  const message = whyMessage({
    card: waiting,
    deliveries: [
      {
        at: at("09:10"),
        source: "docusign",
        times: 2,
        proof: "signature",
        secret: 1,
        digest: "0123456789abcdef",
        proves: [
          { words: "Ann Lee signed", at: at("09:09") },
          { words: "what it is", at: null },
        ],
      },
    ],
    effects: [
      {
        status: "failed",
        kind: "card",
        destination: "slack",
        target: "C0123456789",
        at: at("09:11"),
        code: "is_archived",
        message: "Slack refused.",
        changes: [],
      },
      {
        status: "done",
        kind: "field",
        destination: "hubspot",
        target: "1001",
        at: null,
        code: null,
        message: null,
        changes: [{ name: "stage", before: null, after: "Won" }],
      },
    ],
    counts: { deliveries: 1, effects: 2 },
    links: [
      {
        crm: "hubspot",
        name: "Mill lease 2026",
        foundBy: "custom-field",
        detail: "hubspot_deal_id",
      },
    ],
    silences: [
      { words: "No Salesforce opportunity is linked", until: null },
      { words: "You have snoozed it", until: at("12:00") },
    ],
    page: 1,
    paging: onlyPage,
  });
  expect(message.text).toBe(
    "Status of “Mill lease”: partly signed. 1 delivery came in, and 2 things followed. No Salesforce opportunity is linked. You have snoozed it.",
  );
  const shown = read(message);
  for (const words of [
    "from docusign · sent 2 times · proved by its signature with secret 1 · digest 0123456789ab…\n↳ Ann Lee signed · <!date^",
    "\n↳ what it is",
    "✍️ The contract “Mill lease” is partly signed; 1 of 2 signed.",
    "🔗 HubSpot deal “Mill lease 2026” · named by its custom field “hubspot_deal_id”",
    "❌ card: failed · slack · <#C0123456789> · is_archived: Slack refused. · <!date^",
    "✅ field: done · hubspot · 1001 · stage: nothing → Won",
    "▫️ No Salesforce opportunity is linked.",
    "▫️ You have snoozed it. Until <!date^",
  ]) {
    expect(shown).toContain(words);
  }
  expect(findFaults(message)).toEqual([]);
});
