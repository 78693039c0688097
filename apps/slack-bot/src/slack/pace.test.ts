import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostAtOnce, watch } from "../testing/crowd.ts";
import { createPace, slackLimits, type Method } from "./pace.ts";

const limits = slackLimits(1);
const post = (calls = 1) => ({ method: "chat.postMessage", calls, begun: false }) as const;
const only = (method: Method) => ({ method, calls: 1, begun: false });

/** Numbers from 0 to 1 that are the same in every run. */
function dice() {
  let state = 7;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

it("lets a few go at once, some wait, and tells the others apart when to come back", () => {
  const pace = createPace(limits);
  const places = Array.from({ length: 13 }, () => pace.ask("C1", post(2), 0));
  expect(places).toEqual([
    ...[0, 0, 0, 0, 1_000, 2_000, 3_000, 4_000, 5_000].map((inMs) => ({ may: "call", inMs })),
    ...[6, 8, 10, 12].map((inSeconds) => ({ may: "wait", inSeconds })),
  ]);
  expect(pace.backlog(0)).toEqual([{ channel: "C1", method: "chat.postMessage", seconds: 14 }]);
});

it("finishes a contract that it has begun with before others", () => {
  const pace = createPace(limits);
  for (let asked = 0; asked < 10; asked += 1) pace.ask("C1", post(), 0);
  expect(pace.ask("C1", post(), 0)).toMatchObject({ may: "wait" });
  expect(pace.ask("C1", { ...post(), begun: true }, 0)).toEqual({ may: "call", inMs: 6_000 });
});

describe("where Slack said to come back", () => {
  it("calls no more for that channel until then, and not in a burst after it", () => {
    const pace = createPace(limits);
    pace.block("C1", "chat.postMessage", 30, 0);
    expect(pace.ask("C1", post(), 10_000)).toEqual({ may: "wait", inSeconds: 20 });
    expect(pace.ask("C1", post(), 10_000)).toEqual({ may: "wait", inSeconds: 21 });
    expect(pace.backlog(10_000)).toMatchObject([{ seconds: 22 }]);
    expect(pace.blockedFor("C1", post(), 29_999)).not.toBeNull();
    expect(pace.ask("C1", post(), 30_000)).toEqual({ may: "call", inMs: 0 });
    expect(pace.ask("C1", post(), 30_000)).toEqual({ may: "call", inMs: 1_000 });
  });

  it.each<[string, string, Method]>([
    ["another channel", "C2", "chat.postMessage"],
    ["another method", "C1", "chat.update"],
  ])("goes on with %s", (_, channel, method) => {
    const pace = createPace(limits);
    pace.block("C1", "chat.postMessage", 3_600, 0);
    for (let told = 0; told < 100; told += 1) pace.ask("C1", post(), 0);
    expect(pace.ask(channel, only(method), 0)).toEqual({ may: "call", inMs: 0 });
  });

  it("holds up no other channel of a limit that they share", () => {
    const pace = createPace(limits);
    pace.block("C1", "chat.update", 3_600, 0);
    for (let told = 0; told < 100; told += 1) pace.ask("C1", only("chat.update"), 0);
    const places = Array.from({ length: 17 }, () => pace.ask("C2", only("chat.update"), 0));
    expect(places[9]).toEqual({ may: "call", inMs: 0 });
    expect(places[16]).toEqual({ may: "wait", inSeconds: 9 });
  });
});

describe("a crowd", () => {
  it("of 5,000 contracts after an outage comes back one by one", () => {
    const random = dice();
    const { posts, looks } = watch({
      pace: createPace(limits),
      contracts: Array.from({ length: 5_000 }, () => ({ at: 0, posts: 2 })),
      lateness: () => random() * 2_000,
    });
    expect(posts).toHaveLength(10_000);
    expect(mostAtOnce(posts, limits["chat.postMessage"])).toBeLessThan(4.01);
    expect(posts.at(-1)).toBeLessThan(10_500_000);
    expect(Math.max(...looks)).toBeLessThanOrEqual(4);
    expect(looks.reduce((sum, count) => sum + count) / looks.length).toBeLessThan(2.1);
  });

  it("that waits does not keep out what happens meanwhile, nor the other way round", () => {
    const random = dice();
    const waiting = Array.from({ length: 2_000 }, () => ({ at: 0, posts: 1 }));
    const fresh = Array.from({ length: 1_000 }, (_, index) => ({ at: index * 2_000, posts: 1 }));
    const { posts, looks } = watch({
      pace: createPace(limits),
      contracts: [...waiting, ...fresh],
      lateness: () => random() * 2_000,
    });
    expect(posts).toHaveLength(3_000);
    expect(Math.max(...looks)).toBeLessThanOrEqual(6);
  });

  it("never goes faster than the limit, and all of it gets through", () => {
    const contract = fc.record({ at: fc.nat(60_000), posts: fc.integer({ min: 1, max: 4 }) });
    const crowd = fc.record({
      contracts: fc.array(contract, { minLength: 1, maxLength: 80 }),
      late: fc.array(fc.nat(3_000), { minLength: 1 }),
      rate: fc.constantFrom(0.5, 1, 3, 20),
    });
    fc.assert(
      fc.property(crowd, ({ contracts, late, rate }) => {
        const chosen = slackLimits(rate);
        let told = 0;
        const lateness = () => late[(told += 1) % late.length] ?? 0;
        const { posts, looks } = watch({ pace: createPace(chosen), contracts, lateness });
        expect(posts).toHaveLength(contracts.reduce((sum, one) => sum + one.posts, 0));
        const { burst } = chosen["chat.postMessage"];
        expect(mostAtOnce(posts, chosen["chat.postMessage"])).toBeLessThan(burst + 0.01);
        expect(Math.max(...looks)).toBeLessThanOrEqual(12);
      }),
    );
  });
});
