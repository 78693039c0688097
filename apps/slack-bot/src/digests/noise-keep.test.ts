import { readEffects, readNoises } from "@countersign/store";
import { beforeEach, describe, expect, it } from "vitest";
import { about, event, general, openScene } from "../audience/testing/scene.ts";
import { keepNoise } from "./noise-keep.ts";

const open = openScene();

/** At most four messages in ten minutes, seen by a process that was just started. */
const scene = () => {
  const { hearing } = open().ports;
  const noise = { messages: 4, minutes: 10 };
  return open({ hearing: { ...hearing, directMessages: false, noise } });
};

const seen = async () => (await scene().seen(general)).map(({ text }) => text);
const saidOf = async (words: string) => (await seen()).filter((text) => text.includes(words));
const keep = () => keepNoise(scene().ports, scene().channels);

beforeEach(async () => {
  await open().store.database.query("delete from subscriptions");
  // The channel's noise of one test is none of the next one's.
  open().wait(3_600);
  await keep();
  await open().store.database.query("delete from noise");
});

/** Four contracts are sent, so that the next one is too much. */
async function makeLoud(name: string) {
  await scene().subscribe("");
  for (const number of [1, 2, 3]) {
    await scene().happens(`${name}-${number}`, about(`${name} ${number}`), event("contract.sent"));
  }
}

describe("a channel with too many messages", () => {
  it("is told so once, keeps its cards true, and says nothing new, in every process", async () => {
    await makeLoud("Alpha");
    const before = (await saidOf("Too much is going on here")).length;
    await scene().happens("Alpha-4", about("Alpha 4"), event("contract.sent"));
    await scene().happens("Alpha-1", event("contract.completed"));
    await Promise.all([keep(), keep()].map((kept) => kept.catch(() => undefined)));
    await keep();
    const [told, ...others] = (await saidOf("Too much is going on here")).slice(before);
    expect(told).toContain("6 messages in 10 minutes");
    expect(others).toEqual([]);
    expect(await saidOf("Alpha 4")).toEqual([]);
    const card = (await scene().seen(general)).find(({ text }) => text.includes("Alpha 1"));
    expect(card).toMatchObject({ text: "The contract “Alpha 1” is completed." });
    expect(card?.lines).toHaveLength(1);
    const effects = await readEffects(scene().store, "docusign/Alpha-4");
    expect(effects).toMatchObject([{ status: "skipped", code: "collapsed" }]);
  });

  it("is summed up once in a window, and once more when it has calmed, which is said once", async () => {
    await makeLoud("Bravo");
    const { wait } = scene();
    await scene().happens("Bravo-4", about("Bravo 4"), event("contract.sent"));
    const [digests, calms] = [
      await saidOf("What happened meanwhile"),
      await saidOf("It is calm again"),
    ];
    await keep();
    expect(await saidOf("What happened meanwhile")).toEqual(digests);
    for (const number of [5, 6, 7]) {
      wait(240);
      await scene().happens(`Bravo-${number}`, about(`Bravo ${number}`), event("contract.sent"));
    }
    wait(6);
    await keep();
    await keep();
    const sums = (await saidOf("What happened meanwhile")).slice(digests.length);
    expect(sums).toEqual([
      "What happened meanwhile: 0 need attention, 4 wait for signatures, 0 are finished.",
    ]);
    expect(await saidOf("It is calm again")).toEqual(calms);
    await scene().happens("Bravo-7", event("contract.completed"));
    wait(600);
    await keep();
    expect((await saidOf("What happened meanwhile")).slice(digests.length + 1)).toEqual([
      "What happened meanwhile: 0 need attention, 0 wait for signatures, 1 is finished.",
    ]);
    expect(await saidOf("It is calm again")).toHaveLength(calms.length + 1);
    await scene().happens("Bravo-8", about("Bravo 8"), event("contract.sent"));
    expect(await saidOf("Bravo 8")).toHaveLength(1);
    wait(200);
    await keep();
    expect(await saidOf("It is calm again")).toHaveLength(calms.length + 1);
    expect(await readNoises(scene().store, "slack")).toEqual([]);
  });
});
