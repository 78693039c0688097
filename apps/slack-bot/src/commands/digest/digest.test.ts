import { mara } from "@countersign/sandbox";
import { readPerson, readSubscriptions, saveSettings } from "@countersign/store";
import { beforeEach, describe, expect, it } from "vitest";
import { asking, rolesWith, saidBy } from "../../acting/testing/stage.ts";
import { subscribeConfirmAction } from "../../actions/subscribe-confirm/index.ts";
import { use } from "../../acting/testing/stage.ts";
import { about, event, general, openScene } from "../../audience/testing/scene.ts";
import { readSettings } from "../../people/settings.ts";
import type { Ports } from "../../ports.ts";
import { digest } from "./index.ts";

const scene = openScene();

beforeEach(async () => {
  for (const table of ["subscriptions", "people"]) {
    await scene().store.database.query(`delete from ${table}`);
  }
});

const here = asking({ channel: general });
const direct = asking({ channel: "D000000002", userId: mara.id });
const ask = async (typed: string, from = here, ports: Ports = scene().ports) =>
  saidBy(await digest.answer(typed, from, ports));
const subscribe = (typed: string) => subscribeConfirmAction.run(use(typed), here, scene().ports);
const rules = async () => (await readSubscriptions(scene().store, "slack")).map(({ rule }) => rule);

const silently = () => {
  const { hearing } = scene().ports;
  return scene({ hearing: { ...hearing, directMessages: false } });
};

describe("in a channel", () => {
  it("sums up now what it hears of, for everybody where that is asked", async () => {
    await subscribe("template:Alpha mode:digest");
    const { happens } = silently();
    await happens("alpha", about("Alpha"), event("contract.sent"));
    await happens("beta", about("Beta"), event("contract.sent"));
    expect(await ask("")).toBe(
      "Contracts in short: 0 need attention, 1 waits for signatures, 0 are finished.",
    );
    expect(await digest.answer("--share", here, scene().ports)).toMatchObject({ share: true });
  });

  it("says so where it hears of nothing", async () => {
    expect(await ask("")).toContain("This channel hears of no contract now.");
  });

  it("is sent regularly of all that it hears of, until it is off", async () => {
    await subscribe("tag:x");
    expect(await ask("daily at 9:30 Europe/Berlin")).toContain(
      "2. Posts a digest every day at 09:30 (Europe/Berlin) of all that this channel hears of.",
    );
    expect(await ask("weekly")).toContain("on Mondays at 09:00 (America/New_York)");
    expect(await rules()).toHaveLength(2);
    expect(await ask("off")).toContain("Done: no more digests here.");
    expect(await rules()).toMatchObject([{ mode: "thread" }]);
    expect(await ask("off")).toContain("There is no digest here.");
  });

  it("is of everything where it hears of nothing else, and changes those that it has", async () => {
    expect(await ask("daily")).toContain("with every contract.");
    await subscribe("tag:x mode:digest at:7:00");
    await ask("weekdays 8am");
    expect(await rules()).toMatchObject([
      { mode: "digest", digest: { at: "08:00", days: "weekdays" } },
      { mode: "digest", digest: { at: "08:00", days: "weekdays" } },
    ]);
  });

  it("is for whom that is allowed", async () => {
    const strict = { ...scene().ports, roles: rolesWith("subscribe", "admins") };
    expect(await ask("daily", here, strict)).toContain("Only admins may");
    expect(await rules()).toEqual([]);
  });

  it("says what it cannot read", async () => {
    expect(await ask("hourly")).toContain("I cannot read “hourly”. Say /contract digest daily");
  });
});

describe("in direct messages", () => {
  it("sums up one's own contracts now", async () => {
    const { happens } = silently();
    await happens("own", about("Own", mara.email), event("contract.sent"));
    await happens("over", about("Over", mara.email), event("contract.completed"));
    await happens("other", about("Other", "x@example.com"), event("contract.sent"));
    expect(await ask("", direct)).toBe(
      "Your contracts in short: 0 need attention, 1 waits for signatures, 1 is finished.",
    );
  });

  it("is kept among the person's settings", async () => {
    const { store } = scene();
    await saveSettings(store, direct, { ownActions: true });
    expect(await ask("daily at 7:15", direct)).toContain(
      "each day but for your quiet weekends at 07:15",
    );
    const kept = async () => readSettings((await readPerson(store, direct))?.settings ?? {});
    expect(await kept()).toMatchObject({ ownActions: true, digest: { every: "day", at: "07:15" } });
    expect(await ask("weekly", direct)).toContain("each Monday at 09:00");
    expect(await ask("daily 9:00 UTC", direct)).toContain("goes by your time zone in Slack");
    expect(await kept()).toMatchObject({ digest: { every: "week" } });
    await ask("off", direct);
    expect((await kept()).digest).toBeNull();
  });

  it("is not to be had where direct messages are off", async () => {
    expect(await ask("daily", direct, silently().ports)).toContain("switched off");
  });
});
