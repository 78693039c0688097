import { providerById, providers } from "@countersign/core";
import { afterEach, expect, test } from "vitest";
import { startReceiver, type Received } from "../testing/receiver.ts";
import { openDesk } from "./desk.ts";
import { openMailroom } from "./mailroom.ts";
import { until } from "../testing/until.ts";

const started: { [Symbol.asyncDispose](): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of started.splice(0)) await one[Symbol.asyncDispose]();
});

async function open(statuses: number[] = []) {
  const receiver = await startReceiver(statuses);
  started.push(receiver);
  const mailroom = openMailroom({
    receiverUrl: receiver.url,
    now: today,
    onWebhooks() {},
    onChaos() {},
    delays: [10, 20],
  });
  let count = 0;
  const newId = () => `contract-${(count += 1)}`;
  const desk = openDesk({ mailroom, now: today, newId, random: Math.random, onChange() {} });
  return { receiver, mailroom, desk };
}

function today(): Date {
  return new Date();
}

const draft = {
  title: "Order form",
  signers: [{ name: "Dana Reyes", email: "dana@example.com" }],
  hubspotDealId: "1001",
  amount: 48_000,
};

function statusesSaid({ requests }: { requests: Received[] }): string[] {
  return requests.flatMap(({ providerId, request }) => {
    const provider = providerById(providerId);
    const settings = provider?.settings.parse({});
    const said = provider?.normalize(request, { settings, receivedAt: new Date() });
    if (!said?.understood) return ["not understood"];
    return said.reports.flatMap(({ facts }) => facts.map(({ type }) => type));
  });
}

test.each(providers.map(({ id }) => id))("%s: a whole life, signed and understood", async (id) => {
  const { receiver, mailroom, desk } = await open();
  const sent = desk.send(id, draft);
  const outcome = desk.act(sent, { kind: "sign", signer: "dana@example.com" });
  expect(outcome.done).toBe(true);
  await until(() => expect(statusesSaid(receiver)).toContain("contract.completed"));
  expect(receiver.requests.every(({ authentic }) => authentic)).toBe(true);
  expect(statusesSaid(receiver)).toContain("recipient.signed");
  await until(() =>
    expect(new Set(mailroom.webhooks().map(({ state }) => state))).toEqual(new Set(["accepted"])),
  );
});

test("what is refused is tried again until it is accepted", async () => {
  const { receiver, mailroom, desk } = await open([503, 503]);
  desk.send("ziasign", draft);
  const accepted = { state: "accepted", status: 200 };
  await until(() => expect(mailroom.webhooks()).toMatchObject([accepted, accepted]));
  // On a busy machine the first may be refused twice before the second arrives.
  const tries = mailroom.webhooks().map((webhook) => webhook.tries);
  expect([
    [2, 2],
    [3, 1],
  ]).toContainEqual(tries.toSorted((a, b) => b - a));
  expect(receiver.requests).toHaveLength(4);
  expect(receiver.requests.every(({ authentic }) => authentic)).toBe(true);
});

test("after the last try it gives up", async () => {
  const { mailroom, desk } = await open(Array.from({ length: 50 }, () => 500));
  desk.send("ziasign", draft);
  await until(() => expect(mailroom.webhooks().map(({ state }) => state)).toContain("refused"));
  const refused = mailroom.webhooks().find(({ state }) => state === "refused");
  expect(refused).toMatchObject({ tries: 3, status: 500, nextTryAt: null });
});

test.each([
  ["duplicates", (sent: string[]) => Array.from({ length: 5 }, () => sent.at(-1) ?? "")],
  ["shuffled", (sent: string[]) => sent],
] as const)("%s are the same bytes again", async (how, expected) => {
  const { receiver, mailroom, desk } = await open();
  const contract = desk.send("docusign", draft);
  await until(() => {
    expect(mailroom.webhooks().map(({ what }) => what)).toContain("Sent");
    expect(mailroom.webhooks().every(({ state }) => state === "accepted")).toBe(true);
  });
  const sent = receiver.requests.map(bodyText);
  desk.repeat(contract, how);
  const again = expected(sent);
  await until(() => expect(receiver.requests).toHaveLength(sent.length + again.length));
  const repeated = receiver.requests.slice(sent.length).map(bodyText);
  expect(repeated.toSorted()).toEqual(again.toSorted());
});

function bodyText({ request }: Received): string {
  return Buffer.from(request.body).toString("utf8");
}
