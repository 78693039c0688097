import { openReader, readContract } from "@countersign/store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectStatus, send, signAll, soon, startAdmin, type Admin, type Sent } from "./admin.ts";
import { commandEnvironment, startCommandLine } from "./countersign.ts";
import { crmDeskOf, type CrmDesk } from "./crm-desk.ts";
import { expectNothingLostOrDoubled } from "./invariant.ts";
import { deskOf } from "./provider-desk.ts";
import { cardsOf } from "./stack.ts";

let admin: Admin;
let hubspot: CrmDesk;
beforeAll(async () => {
  admin = await startAdmin();
  hubspot = crmDeskOf(admin.stack, "hubspot");
});
afterAll(async () => admin[Symbol.asyncDispose]());

const desk = () => deskOf(admin.stack, "pandadoc");
const dayFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Contracts of which no webhook came; every second one is signed. */
async function sendUnheard(prefix: string, count: number): Promise<Sent[]> {
  await desk().loseWebhooks(true);
  const deals = await hubspot.addDeals(count);
  const sent: Sent[] = [];
  for (const [index, hubspotDealId] of deals.entries()) {
    const one = await send(
      admin.stack,
      { title: `${prefix} ${index}.`, hubspotDealId },
      "pandadoc",
    );
    if (index % 2 === 1) await signAll(admin.stack, one);
    sent.push(one);
  }
  await desk().loseWebhooks(false);
  return sent;
}

async function countKnown(sent: readonly Sent[]): Promise<number> {
  await using reader = openReader({
    url: admin.stack.running.database.url,
    applicationName: "admin-backfill",
  });
  const read = sent.map(({ taken }) => readContract(reader.database, taken.contractId));
  return (await Promise.all(read)).filter((one) => one !== null).length;
}

const silently = (sent: readonly Sent[]) => sent.map(({ taken }) => ({ ...taken, silent: true }));

async function backfill(
  ...typed: string[]
): Promise<{ err: string; data: Record<string, number> }> {
  const { exitCode, out, err } = await admin.run("backfill", "pandadoc", ...typed, "--json");
  expect(exitCode, out + err).toBe(0);
  const { data }: { data: Record<string, number> } = JSON.parse(out);
  return { err, data };
}

it(
  "backfill: what was missed comes in, silently, once, and goes on where it was ended",
  { timeout: 180_000 },
  async () => {
    const { stack, settingsFile } = admin;
    const sent = await sendUnheard("Before", 10);
    const range = ["--from", dayFromNow(-1), "--to", dayFromNow(1)];

    const earlier = ["--from", dayFromNow(-3), "--to", dayFromNow(-2), "--yes", "--rate", "50"];
    expect((await backfill(...earlier)).data).toMatchObject({ listed: 10, outside: 10 });
    expect((await backfill(...range)).data).toMatchObject({ listed: 10, done: 0 });
    expect(await countKnown(sent)).toBe(0);

    const first = startCommandLine(commandEnvironment(stack, settingsFile), [
      "backfill",
      "pandadoc",
      ...range,
      "--yes",
      "--rate",
      "2",
    ]);
    await soon(async () => expect(await countKnown(sent)).toBeGreaterThan(2));
    first.kill("SIGTERM");
    expect((await first.ended).exitCode).not.toBe(0);
    const known = await countKnown(sent);
    const second = await backfill(...range, "--yes", "--rate", "50");
    const goneOnAfter = Number(/going on after (\d+) of 10/.exec(second.err)?.[1]);
    expect(goneOnAfter).toBeLessThanOrEqual(known);
    expect(goneOnAfter).toBeLessThan(10);
    expect(second.err).toContain("10 of 10");
    expect(second.data).toMatchObject({ listed: 10 });
    await soon(() => expectStatus(stack, "hubspot", sent.slice(1, 2), "completed"));
    await soon(() => expectNothingLostOrDoubled(stack, silently(sent)));

    const writes = (await hubspot.journal()).length;
    expect((await admin.run("backfill", "pandadoc", ...range, "--yes")).out).toContain(
      "read already",
    );
    const anew = await backfill(...range, "--yes", "--again", "--rate", "50");
    expect(anew.data).toEqual({ listed: 10, unchanged: 10 });
    expect(await hubspot.journal()).toHaveLength(writes);

    const [open] = sent;
    if (open === undefined) throw new Error("Nothing was sent.");
    await signAll(stack, open);
    await soon(async () =>
      expect((await cardsOf(stack, open.taken.title))[0]?.text).toContain("is completed"),
    );
    const [asked] = await sendUnheard("Asked for", 1);
    if (asked === undefined) throw new Error("Nothing was sent.");
    await backfill(...range, "--yes", "--again", "--announce", "--rate", "50");
    await soon(() =>
      expectNothingLostOrDoubled(stack, [open.taken, asked.taken, ...silently(sent.slice(1))]),
    );
  },
);
