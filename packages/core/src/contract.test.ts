import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contractIdOf,
  endingTypes,
  eventTypes,
  toEvent,
  type ContractEvent,
  type EventType,
  type RecipientDescription,
  type ReportedFact,
} from "./contract-event.ts";
import { fold } from "./contract.ts";
import { known } from "./providers/lenient.ts";
import { recipientOf } from "./recipient.ts";

const about = { id: contractIdOf("acme", "c1"), source: "acme", externalId: "c1" };

function event(type: EventType, at: string, more: Partial<ReportedFact> = {}): ContractEvent {
  const fact: ReportedFact = {
    type,
    recipient: null,
    occurredAt: `2026-05-04T${at}:00.000Z`,
    occurrence: "",
    reason: null,
    note: null,
    description: null,
    ...more,
  };
  return toEvent(fact, {
    contractId: about.id,
    observedAt: `2026-05-05T${at}:00.000Z`,
    via: "webhook",
  });
}

const anyEvent: fc.Arbitrary<ContractEvent> = fc
  .record({
    type: fc.constantFrom(...eventTypes),
    recipient: fc.constantFrom("1", "2", "3"),
    minute: fc.integer({ min: 10, max: 30 }),
    occurrence: fc.constantFrom("", "a"),
    reason: fc.constantFrom(null, "too dear", "wrong name"),
    title: fc.constantFrom("Lease", "Order"),
    name: fc.constantFrom("Dana", "Ken", undefined),
    alias: fc.constantFrom("2", "3", undefined),
    complete: fc.boolean(),
    claimed: fc.boolean(),
    seen: fc.integer({ min: 10, max: 14 }),
  })
  .map(({ type, recipient, minute, occurrence, reason, claimed, seen, ...said }) => {
    const { title, complete, ...named } = said;
    const described = type === "contract.noted";
    const person = known({ key: recipient, ...named });
    const happened = event(type, `12:${minute}`, {
      recipient: type.startsWith("recipient.") ? recipient : null,
      occurrence: described ? `${JSON.stringify(said)} ${minute}` : occurrence,
      reason: described ? null : reason,
      description: described
        ? { title, recipients: [person], recipientsAreComplete: complete }
        : null,
    });
    const observedAt = `2026-05-05T12:${seen}:00.000Z`;
    return { ...happened, observedAt, claimed: claimed && endingTypes.has(type) };
  });

describe("fold", () => {
  it("does not care about order or repetition", () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 25 }).chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray([...events, ...events], {
              minLength: events.length * 2,
              maxLength: events.length * 2,
            }),
          ),
        ),
        ([events, shuffled]) => {
          expect(fold(about, shuffled)).toEqual(fold(about, events));
        },
      ),
    );
  });

  it("is never moved back by a late event once completed", () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 25 }), (events) => {
        const completed = event("contract.completed", "12:15");
        expect(fold(about, [...events, completed]).status).toBe("completed");
      }),
    );
  });

  it("never steps back among the statuses before the end", () => {
    const rank = ["draft", "sent", "viewed", "partially_signed"];
    const open = anyEvent.filter(
      ({ type }) => !/^contract\.(completed|declined|voided|expired)$/.test(type),
    );
    fc.assert(
      fc.property(fc.array(open, { maxLength: 15 }), open, (events, late) => {
        const before = rank.indexOf(fold(about, events).status);
        expect(rank.indexOf(fold(about, [...events, late]).status)).toBeGreaterThanOrEqual(before);
      }),
    );
  });

  it.each<[string, ContractEvent[], string]>([
    ["nothing", [], "draft"],
    ["created", [event("contract.created", "09:00")], "draft"],
    ["sent to a recipient", [event("recipient.sent", "09:00", { recipient: "1" })], "sent"],
    ["viewed by one", [event("recipient.viewed", "09:00", { recipient: "1" })], "viewed"],
    ["signed by one", [event("recipient.signed", "09:00", { recipient: "1" })], "partially_signed"],
    [
      "voided, then expired",
      [event("contract.voided", "09:00"), event("contract.expired", "09:05")],
      "expired",
    ],
    [
      "expired, then voided for a reason",
      [event("contract.voided", "09:05", { reason: "x" }), event("contract.expired", "09:00")],
      "voided",
    ],
    [
      "expired, then voided without a reason",
      [event("contract.voided", "09:05"), event("contract.expired", "09:00")],
      "expired",
    ],
    [
      "declined, then voided without a reason",
      [event("contract.voided", "09:05"), event("contract.declined", "09:00")],
      "voided",
    ],
    [
      "both at once",
      [event("contract.voided", "09:00"), event("contract.expired", "09:00")],
      "expired",
    ],
    [
      "declined, then completed",
      [event("contract.declined", "09:05"), event("contract.completed", "09:00")],
      "completed",
    ],
  ])("%s", (_name, events, status) => {
    expect(fold(about, events).status).toBe(status);
  });

  it("holds a claimed ending back until it is proved", () => {
    const signed = event("recipient.signed", "09:00", { recipient: "1" });
    const completed = event("contract.completed", "09:05");
    const claimed = { ...completed, claimed: true, occurredAt: "2020-01-01T00:00:00.000Z" };
    expect(fold(about, [signed, claimed])).toMatchObject({
      status: "partially_signed",
      unconfirmed: "completed",
      completedAt: null,
    });
    for (const events of [
      [signed, claimed, completed],
      [completed, claimed, signed],
    ]) {
      expect(fold(about, events)).toMatchObject({
        status: "completed",
        unconfirmed: null,
        completedAt: completed.occurredAt,
      });
    }
  });

  it("takes the earliest of the times that reports give for one happening", () => {
    const exact = event("contract.completed", "09:00", { reason: null });
    const restamped = event("contract.completed", "09:30", { reason: "said later" });
    expect(exact.id).toBe(restamped.id);
    for (const events of [
      [exact, restamped],
      [restamped, exact],
    ]) {
      expect(fold(about, events).completedAt).toBe(exact.occurredAt);
    }
  });

  it("keeps the latest description, field by field", () => {
    const first = event("contract.noted", "09:00", {
      occurrence: "1",
      description: { title: "Order 7", sender: { email: "dana@example.com" } },
    });
    const second = event("contract.noted", "10:00", {
      occurrence: "2",
      description: { title: "Order 7b" },
    });
    const contract = fold(about, [second, first]);
    expect(contract.title).toBe("Order 7b");
    expect(contract.sender).toEqual({ name: null, email: "dana@example.com" });
  });

  it("takes of two descriptions of one time the one that we saw later, whatever their ids", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 2 }), (titles) => {
        const told = titles.map((title, minute) => ({
          ...event("contract.noted", "09:00", { occurrence: title, description: { title } }),
          observedAt: `2026-05-05T09:0${minute}:00.000Z`,
        }));
        expect(fold(about, told).title).toBe(titles[1]);
        expect(fold(about, told.toReversed()).title).toBe(titles[1]);
      }),
    );
  });

  it("drops a recipient whom the latest full list leaves out, but never one who signed", () => {
    const listed = (keys: string[], at: string) =>
      event("contract.noted", at, {
        occurrence: at,
        description: { recipients: keys.map((key) => ({ key })), recipientsAreComplete: true },
      });
    const signed = event("recipient.signed", "09:30", { recipient: "2" });
    const contract = fold(about, [
      listed(["1", "2", "3"], "09:00"),
      signed,
      listed(["1"], "10:00"),
    ]);
    expect(contract.recipients.map((recipient) => recipient.key)).toEqual(["1", "2"]);
  });

  it("knows one who is called by two keys as one, whichever report comes first", () => {
    const described = (at: string, ...recipients: RecipientDescription[]) =>
      event("contract.noted", at, {
        occurrence: at,
        description: { recipients, recipientsAreComplete: true },
      });
    const events = [
      described("09:00", { key: "guid", name: "Dana" }),
      event("recipient.signed", "09:30", { recipient: "guid" }),
      event("recipient.signed", "09:35", { recipient: "1" }),
      described("10:00", { key: "1", alias: "guid", email: "dana@example.com" }),
      described("11:00", { key: "guid" }, { key: "2" }),
    ];
    for (const told of [events, events.toReversed()]) {
      const contract = fold(about, told);
      expect(contract.recipients).toMatchObject([
        { key: "1", name: "Dana", email: "dana@example.com", signedAt: events[1]?.occurredAt },
        { key: "2", signedAt: null },
      ]);
      expect(told.map((one) => recipientOf(contract, one)?.name ?? null)).toEqual(
        told.map(({ recipient }) => (recipient === null ? null : "Dana")),
      );
    }
  });

  it("lists who signs first at the top, and those without a place last", () => {
    const described = event("contract.noted", "09:00", {
      description: {
        recipients: [
          { key: "z" },
          { key: "b", order: 2 },
          { key: "a", order: 2 },
          { key: "c", order: 1 },
        ],
      },
    });
    expect(fold(about, [described]).recipients.map(({ key }) => key)).toEqual(["c", "a", "b", "z"]);
  });

  it("shows a recipient as bounced until something gets through", () => {
    const to = { recipient: "1" };
    const bounced = [event("recipient.sent", "09:00", to), event("recipient.bounced", "09:01", to)];
    expect(fold(about, bounced).recipients[0]?.status).toBe("bounced");
    const viewed = [...bounced, event("recipient.viewed", "09:05", to)];
    expect(fold(about, viewed).recipients[0]?.status).toBe("viewed");
  });
});
