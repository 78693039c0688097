import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { StoredContract } from "../contracts.ts";
import { claimEffect } from "../effects.ts";
import { readEffects } from "../read-effects.ts";
import { record } from "../recording/record.ts";
import type { Store } from "../store.ts";
import { aDelivery, aFact, aReport, openTestStore } from "../testing/index.ts";
import { countDeadLetters, redriveDeadLetters } from "./dead-letters.ts";
import { CredentialError, Outdated, PermanentError, RetryLater } from "./errors.ts";
import { follow, type Followed, type Following } from "./follow.ts";
import type { Bring } from "./look.ts";
import type { PauseChange } from "./pause.ts";

let store: Store;
let following: Following[];
beforeEach(async () => {
  store = await openTestStore();
  following = [];
});
afterEach(async () => {
  await Promise.all(following.map((one) => one.stop()));
  await store.close();
});

let bodies = 0;
const change = (id: string, type: "contract.sent" | "contract.viewed" | "contract.completed") =>
  record(store, aDelivery(`body ${(bodies += 1)}`), aReport(id, aFact(type)));

async function start(
  work: (stored: StoredContract) => Promise<void>,
  destination = "slack",
  retries = 100,
) {
  const bring: Bring = async (stored) => {
    await work(stored);
    return stored.contract.externalId === "unlinked" ? "not-called" : "called";
  };
  const ends: Followed[] = [];
  const pauses: PauseChange[] = [];
  following.push(
    await follow(store, destination, bring, {
      concurrency: 4,
      retries,
      onOutcome: (end) => ends.push(end),
      onPause: (pause) => pauses.push(pause),
    }),
  );
  return { ends, pauses };
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 8_000, interval: 20 });

it("brings a destination to each contract as it is now", async () => {
  const seen: [string, string][] = [];
  await start(async ({ contract }) => {
    seen.push([contract.externalId, contract.status]);
  });
  await change("a", "contract.sent");
  await until(() => expect(seen).toEqual([["a", "sent"]]));
  await change("a", "contract.completed");
  await until(() => expect(seen.at(-1)).toEqual(["a", "completed"]));
});

it("jumps to the present after a burst, instead of living it again", async () => {
  for (const type of ["contract.sent", "contract.viewed", "contract.completed"] as const) {
    await change("a", type);
  }
  const seen: string[] = [];
  const { ends } = await start(async ({ contract }) => {
    seen.push(contract.status);
  });
  await until(() => expect(ends.length).toBeGreaterThan(0));
  await sleep(300);
  expect(seen).toEqual(["completed"]);
});

it("catches up with what changed before it came", async () => {
  await change("early", "contract.sent");
  const seen: string[] = [];
  await start(async ({ contract }) => {
    seen.push(contract.externalId);
  }, "latecomer");
  await until(() => expect(seen).toEqual(["early"]));
});

it("never works twice at once on one contract, whoever is woken", async () => {
  let inside = 0;
  let most = 0;
  const versions: number[] = [];
  const bring = async (stored: StoredContract) => {
    inside += 1;
    most = Math.max(most, inside);
    await sleep(60);
    inside -= 1;
    versions.push(stored.version);
  };
  await start(bring);
  await start(bring);
  await Promise.all(
    (["contract.sent", "contract.viewed", "contract.completed"] as const).map((type) =>
      change("a", type),
    ),
  );
  await until(() => expect(versions.at(-1)).toBe(3));
  expect(most).toBe(1);
});

it("comes back when it was told to", async () => {
  let calls = 0;
  const { ends } = await start(async () => {
    calls += 1;
    if (calls === 1) throw new RetryLater(1);
  });
  await change("a", "contract.sent");
  await until(() => expect(ends.at(-1)?.outcome).toBe("followed"));
  expect(ends.map(({ outcome }) => outcome)).toEqual(["later", "followed"]);
});

it("looks again at once where the contract moves on before the outside is called", async () => {
  const seen: string[] = [];
  const called: string[] = [];
  const { ends } = await start(async ({ contract: { id, status }, version }) => {
    seen.push(status);
    if (seen.length === 1) await change("a", "contract.completed");
    const about = { destination: "slack", contractId: id, target: "C1", kind: "card" };
    const restsOn = { contracts: [{ contractId: id, version }] };
    await claimEffect(store, { ...about, key: status, plan: {}, restsOn });
    called.push(status);
  });
  await change("a", "contract.sent");
  await until(() => expect(ends.length).toBeGreaterThan(0));
  expect(seen).toEqual(["sent", "completed"]);
  expect(called).toEqual(["completed"]);
  expect(ends[0]?.outcome).toBe("followed");
});

it("leaves a contract for a while that moves on each time", async () => {
  let looks = 0;
  const { ends } = await start(async () => {
    looks += 1;
    throw new Outdated();
  });
  await change("a", "contract.sent");
  await until(() => expect(ends[0]).toMatchObject({ outcome: "later", inSeconds: 1 }));
  expect(looks).toBe(3);
});

it("tries again after a fault, and holds up no other contract meanwhile", async () => {
  const seen: string[] = [];
  let failed = false;
  await start(async ({ contract }) => {
    if (contract.externalId === "bad" && !failed) {
      failed = true;
      throw new Error("passing fault");
    }
    seen.push(contract.externalId);
  });
  await Promise.all([change("bad", "contract.sent"), change("good", "contract.sent")]);
  await until(() => expect(seen).toEqual(["good", "bad"]));
});

it("takes jobs of other versions, whatever more they say, and buries those that say nothing", async () => {
  await change("a", "contract.sent");
  const seen: string[] = [];
  await start(async ({ contract }) => {
    seen.push(contract.externalId);
  }, "later-version");
  await until(() => expect(seen).toEqual(["a"]));
  await change("b", "contract.sent");
  await store.queue.insert("later-version", [
    { data: { contractId: "docusign/b", since: 7 } },
    { data: { about: "nothing" }, retryLimit: 0 },
  ]);
  await until(() => expect(seen).toEqual(["a", "b"]));
  await vi.waitFor(async () => {
    const dead = await store.queue.findJobs("later-version-dead", { limit: 10 });
    expect(dead.map(({ data }) => data)).toEqual([{ about: "nothing" }]);
  });
});

it("gives a contract up after its last retry, says so, and takes it up again when redriven", async () => {
  let fixed = false;
  const { ends } = await start(
    async () => {
      if (!fixed) throw new TypeError("a fault of ours");
    },
    "poisoned",
    1,
  );
  await change("a", "contract.sent");
  await change("good", "contract.sent");
  const waiting = async () => (await countDeadLetters(store))[0]?.waiting;
  await vi.waitFor(async () => expect(await waiting()).toBe(2), { timeout: 8_000 });
  expect(await readEffects(store, "docusign/a")).toMatchObject([
    { status: "failed", code: "gave-up", message: expect.stringContaining("TypeError") },
  ]);
  fixed = true;
  await redriveDeadLetters(
    store,
    { destination: "poisoned" },
    { atMost: 10, perSecond: 10, sleep },
  );
  await until(() => expect(ends.filter(({ outcome }) => outcome === "followed")).toHaveLength(2));
  expect(await waiting()).toBe(0);
});

it("leaves a contract that cannot be helped until it changes again", async () => {
  let calls = 0;
  const { ends } = await start(async () => {
    calls += 1;
    throw new PermanentError("gone", "The deal was deleted.");
  });
  await change("a", "contract.sent");
  await until(() => expect(ends.map(({ outcome }) => outcome)).toEqual(["permanent"]));
  await sleep(1_500);
  expect(calls).toBe(1);
  await change("a", "contract.completed");
  await until(() => expect(calls).toBe(2));
});

it("pauses the whole destination with one alert when its credentials are refused", async () => {
  let now = new Date("2026-05-04T09:00:00Z");
  await store.close();
  store = await openTestStore({ now: () => now });
  let refuse = true;
  let calls = 0;
  const { pauses, ends } = await start(async () => {
    calls += 1;
    if (refuse) throw new CredentialError("invalid_auth", "The token was refused.");
  });
  await change("a", "contract.sent");
  await until(() => expect(pauses).toHaveLength(1));
  for (const id of ["b", "c", "d"]) await change(id, "contract.sent");
  await until(() => expect(ends.filter(({ outcome }) => outcome === "later")).toHaveLength(4));
  expect(calls).toBe(1);
  refuse = false;
  now = new Date("2026-05-04T09:01:00Z");
  await change("e", "contract.sent");
  await until(() => expect(pauses).toHaveLength(2));
  expect(pauses.map(({ paused }) => paused)).toEqual([true, false]);
});

it("keeps the pause when a contract needed no call", async () => {
  let now = new Date("2026-05-04T09:00:00Z");
  await store.close();
  store = await openTestStore({ now: () => now });
  const { pauses, ends } = await start(async ({ contract }) => {
    if (contract.externalId !== "unlinked") throw new CredentialError("gone", "Refused.");
  });
  await change("a", "contract.sent");
  await until(() => expect(pauses).toHaveLength(1));
  now = new Date("2026-05-04T09:01:00Z");
  await change("unlinked", "contract.sent");
  await until(() => expect(ends.some(({ outcome }) => outcome === "followed")).toBe(true));
  await change("b", "contract.sent");
  await until(() =>
    expect(ends.filter(({ contractId }) => contractId === "docusign/b").length).toBeGreaterThan(0),
  );
  expect(pauses).toHaveLength(1);
});
