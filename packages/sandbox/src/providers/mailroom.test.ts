import { providers } from "@countersign/core";
import { afterEach, expect, test } from "vitest";
import { startReceiver, type Received } from "../testing/receiver.ts";
import type { ChaosChange } from "./chaos.ts";
import { openDesk } from "./desk.ts";
import { openMailroom } from "./mailroom.ts";
import type { Webhook } from "./webhook.ts";
import { until } from "../testing/until.ts";

const started: { [Symbol.asyncDispose](): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of started.splice(0)) await one[Symbol.asyncDispose]();
});

async function open(chaos: ChaosChange, statuses: number[] = []) {
  const receiver = await startReceiver(statuses);
  const ports = { receiverUrl: receiver.url, now: () => new Date(), delays: [20], overtakeMs: 50 };
  const mailroom = openMailroom({ ...ports, onWebhooks() {}, onChaos() {} });
  let count = 0;
  const newId = () => `contract-${(count += 1)}`;
  const desk = openDesk({ mailroom, now: ports.now, newId, random: Math.random, onChange() {} });
  started.push(receiver);
  mailroom.change("ziasign", chaos);
  /** What the receiver was told, in order. */
  const said = () => receiver.requests.map((received) => whatOf(received, mailroom.webhooks()));
  return { receiver, mailroom, desk, said };
}

function whatOf({ request }: Received, webhooks: Webhook[]): string | undefined {
  return webhooks.find(({ body }) => Buffer.compare(body, request.body) === 0)?.what;
}

function idle(webhooks: Webhook[]): boolean {
  return webhooks.every(({ state }) => state === "accepted");
}

const draft = { title: "Order form", signers: [{ name: "Dana", email: "dana@example.com" }] };
const usual = ["Created", "Sent"];

test.each<[string, ChaosChange, string[]]>([
  ["calm", {}, usual],
  ["twice", { duplicate: true }, usual.flatMap((event) => [event, event])],
  ["out of order", { reorder: true }, ["Sent", "Created"]],
  ["one in two lost", { drop: 2 }, ["Created"]],
])("%s: the receiver is told", async (_name, chaos, expected) => {
  const { desk, said } = await open(chaos);
  desk.send("ziasign", draft);
  await until(() => expect(said()).toEqual(expected));
});

test("a lost webhook is shown, and never tried", async () => {
  const { mailroom, desk } = await open({ drop: 1 });
  desk.send("ziasign", draft);
  const lost = { state: "lost", tries: 0, status: null };
  expect(mailroom.webhooks()).toMatchObject([lost, lost]);
});

test("late webhooks leave in order when their time has come, and none waits for another", async () => {
  const { mailroom, desk, said } = await open({ delay: 1 });
  const before = performance.now();
  desk.send("ziasign", draft);
  expect(mailroom.chaosOf("ziasign").held).toBe(2);
  await until(() => expect(said()).toEqual(usual));
  expect(performance.now() - before).toBeGreaterThan(990);
  expect(performance.now() - before).toBeLessThan(1_990);
  expect(mailroom.chaosOf("ziasign").held).toBe(0);
});

test("what is held back leaves at once when it is let go", async () => {
  const { receiver, mailroom, desk, said } = await open({ burst: true });
  desk.send("ziasign", draft);
  expect(mailroom.chaosOf("ziasign").held).toBe(2);
  desk.send("docusign", draft);
  await until(() => expect(receiver.requests).not.toHaveLength(0));
  await until(() => expect(idle(mailroom.webhooks())).toBe(true));
  receiver.requests.length = 0;
  mailroom.change("ziasign", { burst: false });
  await until(() => expect(new Set(said())).toEqual(new Set(usual)));
  expect(mailroom.webhooks().filter(({ marks }) => marks.includes("held back"))).toHaveLength(2);
});

test("what no next step overtakes leaves on its own", async () => {
  const { mailroom, desk, said } = await open({});
  const contract = desk.send("ziasign", draft);
  await until(() => expect(said()).toEqual(usual));
  mailroom.change("ziasign", { reorder: true });
  desk.act(contract, { kind: "void" });
  expect(mailroom.chaosOf("ziasign").held).toBe(1);
  await until(() => expect(said()).toEqual([...usual, "Voided"]));
});

test("a rotated secret is refused until the receiver lists both", async () => {
  const { receiver, mailroom, desk } = await open({ rotate: true });
  expect(mailroom.chaosOf("ziasign").secret).toBe("sandbox-ziasign-next");
  desk.send("ziasign", draft);
  const states = () =>
    new Set(mailroom.webhooks().map(({ state, status }) => `${state} ${status}`));
  await until(() => expect(states()).toEqual(new Set(["refused 401"])));
  receiver.secretsOf = (id) => [`sandbox-${id}`, `sandbox-${id}-next`];
  mailroom.reset();
  mailroom.change("ziasign", { rotate: true });
  desk.send("ziasign", draft);
  await until(() => expect(states()).toEqual(new Set(["accepted 200"])));
});

test("after a reset all is calm, and what was late never leaves", async () => {
  const { mailroom, desk, said } = await open({ delay: 0.05, duplicate: true });
  desk.send("ziasign", draft);
  mailroom.reset();
  expect(mailroom.chaosOf("ziasign")).toMatchObject({ delay: 0, duplicate: false, held: 0 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(said()).toEqual([]);
});

test.each(providers)(
  "$id: a repetition is authentic, and as the vendor sends it",
  async (provider) => {
    const { receiver, mailroom, desk } = await open({}, [503]);
    mailroom.change(provider.id, { retry: true });
    desk.send(provider.id, draft);
    await until(() => {
      expect(mailroom.webhooks().length).toBeGreaterThan(1);
      expect(mailroom.webhooks().every(({ state }) => state === "accepted")).toBe(true);
    });
    expect(receiver.requests).toHaveLength(mailroom.webhooks().length + 1);
    const bodies = new Set(receiver.requests.map(({ request }) => String(request.body)));
    const first = mailroom.webhooks().filter(({ marks }) => !marks.includes("repeated"));
    const rewritten = provider.vendorSide.repeated === undefined ? 0 : 1;
    expect(bodies.size).toBeGreaterThanOrEqual(first.length + rewritten);
    expect(receiver.requests.every(({ authentic }) => authentic)).toBe(true);
  },
);

test.each(providers)("$id: the test button's webhook is authentic", async (provider) => {
  const { receiver, mailroom, desk } = await open({});
  desk.pressTestButton(provider.id);
  await until(() =>
    expect(mailroom.webhooks()).toMatchObject([
      { what: "Test button", marks: ["test"], state: "accepted" },
    ]),
  );
  expect(receiver.requests).toMatchObject([{ providerId: provider.id, authentic: true }]);
  expect(desk.contracts()).toEqual([]);
});
