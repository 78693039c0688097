import { dana } from "@countersign/sandbox";
import { saveSettings } from "@countersign/store";
import { aFact } from "@countersign/store/testing";
import { expect, it } from "vitest";
import { about, openScene } from "../audience/testing/scene.ts";
import { openPeople } from "../audience/people.ts";
import { weekdays } from "../people/settings.ts";
import { tell } from "../testing/bench.ts";
import { nudgeAll, type Nudged } from "./nudge-all.ts";

const open = openScene();

/** The sandbox's messages carry the real time, so the clock stays near it: everybody works at all hours. */
it("asks Slack before it says again what may have been said", async () => {
  const workingHours = { from: "00:00", to: "24:00", days: [...weekdays], timezone: "UTC" };
  const scene = open({ workingHours });
  const person = { workspace: "", userId: dana.id };
  await saveSettings(scene.store, person, { quietHours: null, weekends: "as usual" });
  const occurredAt = new Date(Date.now() - 4 * 86_400_000).toISOString();
  const facts = [
    about("Mill lease", dana.email),
    aFact("contract.sent"),
    aFact("recipient.viewed", { recipient: "1" }),
  ];
  await tell(scene.store, "mill", ...facts.map((fact) => ({ ...fact, occurredAt })));
  const people = openPeople(scene.ports);
  async function run() {
    const ends: Nudged["end"][] = [];
    const onNudged = ({ end }: Nudged) => void ends.push(end);
    await nudgeAll({ ports: scene.ports, channels: scene.channels, people, onNudged });
    return ends;
  }
  scene.sandbox.slack.setFault({ kind: "drop-after-applying", method: "chat.postMessage" });
  expect(await run()).toEqual(["failed"]);
  expect(await run()).toEqual(["later"]);
  scene.wait(16);
  expect(await run()).toEqual(["known"]);
  expect(await run()).toEqual([]);
  expect(await scene.seen(dana.id)).toHaveLength(1);
});
