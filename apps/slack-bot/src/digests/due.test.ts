import { dana, mara } from "@countersign/sandbox";
import { quiet, savePerson, saveSettings, saveSubscription } from "@countersign/store";
import { beforeEach, describe, expect, it } from "vitest";
import { wholeDigest } from "../audience/kept.ts";
import { about, event, general, openScene, type Scene } from "../audience/testing/scene.ts";
import { keepMinute } from "../keeping.ts";
import { clockOf } from "../subscriptions/zoned-time.ts";
import { digestQueue, keepDigestSchedules, sendDueDigests } from "./due.ts";

const open = openScene();

const scene = (more = {}) => {
  const { hearing } = open().ports;
  return open({ hearing: { ...hearing, directMessages: false, ...more } });
};

beforeEach(async () => {
  // What is due in one test is not what was due in the one before it.
  open().wait(180);
  for (const table of ["subscriptions", "people"]) {
    await open().store.database.query(`delete from ${table}`);
  }
});

const schedules = async () =>
  (await open().store.queue.getSchedules(digestQueue)).map(({ key, cron, timezone }) => [
    key,
    cron,
    timezone,
  ]);

/** A minute ago by a clock there, as `hh:mm`. */
function justNow({ store }: Scene, timezone = "UTC"): string {
  const then = new Date(store.now().getTime() - 60_000);
  return clockOf(timezone, then).toISOString().slice(11, 16);
}

/** Sends all digests that may be due now, each as often as the queue may try. */
async function sendAll({ ports, channels, store }: Scene) {
  await keepDigestSchedules(ports);
  for (const [key] of await schedules()) {
    if (key === undefined) continue;
    await sendDueDigests(ports, channels, key, store.now());
    await sendDueDigests(ports, channels, key, store.now());
  }
}

/** As many contracts as one digest sums up, copied from one and changed after it, without its events. */
async function copyOften(title: string) {
  await open().store.database.query(
    `insert into contracts
      select 'copy/' || n, source, 'copy ' || n, status, title,
        state || jsonb_build_object('id', 'copy/' || n, 'externalId', 'copy ' || n),
        version, words, created_at, changed_at + interval '1 second'
      from contracts, generate_series(1, 2000) as n where title = $1`,
    [title],
  );
}

const digestsIn = async (where: string) =>
  (await open().seen(where)).map(({ text }) => text).filter((text) => text.includes("in short"));

it("keeps a schedule for each time at which digests are due", async () => {
  const { subscribe, ports, channels, store } = scene({ directMessages: true });
  await subscribe("mode:digest at:9:00");
  await subscribe("tag:x mode:digest at:9:00", "C000000002");
  const digest = { every: "week", weekday: "wed", at: "08:00" };
  await savePerson(store, {
    workspace: "",
    userId: mara.id,
    email: mara.email,
    isStated: true,
    timezone: null,
  });
  await saveSettings(store, { workspace: "", userId: mara.id }, { digest });
  await keepMinute(ports, channels);
  expect(await schedules()).toEqual([
    ["12345/09.00/Europe/Berlin", "0 9 * * 1,2,3,4,5", "Europe/Berlin"],
    [`3/08.00/${mara.zone}`, "0 8 * * 3", mara.zone],
  ]);
  await store.database.query("delete from subscriptions");
  await keepDigestSchedules(scene().ports);
  expect(await schedules()).toEqual([]);
});

describe("a channel's digest", () => {
  it("sums up once what its rules want, without what is muted there", async () => {
    const now = scene();
    await now.subscribe(
      `template:Alpha mode:digest days:daily at:${justNow(now, "Europe/Berlin")}`,
    );
    now.wait(-120);
    for (const name of ["Alpha 1", "Alpha 2", "Beta"]) {
      await now.happens(name.replace(" ", "-"), about(name), event("contract.sent"));
    }
    await now.happens("Alpha-3", about("Alpha 3"), event("contract.completed"));
    const muted = { workspace: "", audience: general, contractId: "docusign/Alpha-2" };
    await quiet(now.store, { ...muted, until: null, madeBy: dana.id });
    now.wait(120);
    const before = (await digestsIn(general)).length;
    await sendAll(now);
    await sendAll(scene());
    expect((await digestsIn(general)).slice(before)).toEqual([
      "Contracts in short: 0 need attention, 1 waits for signatures, 1 is finished.",
    ]);
  });

  it("finds what fits among all that changed, however much of it does not", async () => {
    const now = scene();
    await now.subscribe(
      `template:Omega mode:digest days:daily at:${justNow(now, "Europe/Berlin")}`,
    );
    now.wait(-120);
    await now.happens("Omega", about("Omega"), event("contract.completed"));
    await now.happens("Other", about("Other"), event("contract.sent"));
    await copyOften("Other");
    now.wait(120);
    const before = (await digestsIn(general)).length;
    await sendAll(now);
    await now.store.database.query("delete from contracts where id like 'copy/%'");
    expect((await digestsIn(general)).slice(before)).toEqual([
      "Contracts in short: 0 need attention, 0 wait for signatures, 1 is finished.",
    ]);
  });

  it("says so where it sums up the latest alone", async () => {
    const now = scene();
    await now.subscribe(
      `template:Sigma mode:digest days:daily at:${justNow(now, "Europe/Berlin")}`,
    );
    now.wait(-120);
    await now.happens("Sigma", about("Sigma"), event("contract.completed"));
    await copyOften("Sigma");
    await now.store.database.query(
      `insert into events
        select (jsonb_populate_record(events, jsonb_build_object('id', events.id || contracts.id,
          'contract_id', contracts.id))).* from events, contracts
        where contract_id = 'docusign/Sigma' and contracts.id like 'copy/%'`,
    );
    now.wait(120);
    const before = (await digestsIn(general)).length;
    await sendAll(now);
    await now.store.database.query("delete from events where contract_id like 'copy/%'");
    await now.store.database.query("delete from contracts where id like 'copy/%'");
    expect((await digestsIn(general)).slice(before)).toEqual([
      "Contracts in short: 0 need attention, 0 wait for signatures, 2,000 are finished. There were more: these are the 2,000 that changed last.",
    ]);
  });

  it("is not sent where nothing happened", async () => {
    const now = scene();
    await now.subscribe(`tag:nothing mode:digest days:daily at:${justNow(now, "Europe/Berlin")}`);
    const before = await digestsIn(general);
    await sendAll(now);
    expect(await digestsIn(general)).toEqual(before);
  });

  it("of all that the channel hears of follows its other subscriptions", async () => {
    const now = scene();
    await now.subscribe("template:Gamma event:completed");
    const times = { at: justNow(now), days: "daily", timezone: "UTC" } as const;
    const spot = { destination: "slack", workspace: "", channel: general };
    await saveSubscription(now.store, { ...spot, rule: wholeDigest(times), madeBy: dana.id });
    now.wait(-120);
    await now.happens("Gamma-1", about("Gamma 1"), event("contract.sent"));
    await now.happens("Gamma-2", about("Gamma 2"), event("contract.completed"));
    now.wait(120);
    const before = (await digestsIn(general)).length;
    await sendAll(now);
    expect((await digestsIn(general)).slice(before)).toEqual([
      "Contracts in short: 0 need attention, 0 wait for signatures, 1 is finished.",
    ]);
  });

  it("loses a channel that is gone, and sends the others", async () => {
    const now = scene();
    const at = justNow(now, "Europe/Berlin");
    for (const channel of ["C0GONE", general]) {
      await now.subscribe(`template:Delta mode:digest days:daily at:${at}`, channel);
    }
    now.wait(-120);
    await now.happens("Delta", about("Delta"), event("contract.sent"));
    now.wait(120);
    const before = (await digestsIn(general)).length;
    await sendAll(now);
    expect(await digestsIn(general)).toHaveLength(before + 1);
    const { rows } = await now.store.database.query(
      "select channel from subscriptions where stopped_at is not null",
    );
    expect(rows).toEqual([{ channel: "C0GONE" }]);
  });
});

/** Mara asks for a digest that was due just now. */
async function asked(now: Scene) {
  const person = { workspace: "", userId: mara.id };
  await savePerson(now.store, { ...person, email: mara.email, isStated: true, timezone: "UTC" });
  const digest = { every: "day", at: justNow(now) };
  await saveSettings(now.store, person, { digest, weekends: "as usual" });
}

describe("a person's digest", () => {
  it("is of their open contracts, and of what ended since the last", async () => {
    const now = scene({ directMessages: true });
    const silent = scene();
    now.wait(-120);
    for (const [id, type] of [
      ["Echo-1", "contract.sent"],
      ["Echo-2", "contract.completed"],
    ] as const) {
      await silent.happens(id, about(id, mara.email), event(type));
    }
    now.wait(120);
    await asked(now);
    const before = (await digestsIn(mara.id)).length;
    await sendAll(now);
    expect((await digestsIn(mara.id)).slice(before)).toEqual([
      "Your contracts in short: 0 need attention, 1 waits for signatures, 1 is finished.",
    ]);
  });

  it("is not sent where direct messages are off", async () => {
    const now = scene();
    await asked(now);
    const before = await digestsIn(mara.id);
    await sendAll(now);
    expect(await digestsIn(mara.id)).toEqual(before);
  });
});
