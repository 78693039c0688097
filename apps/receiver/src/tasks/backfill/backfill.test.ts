import { providerById } from "@countersign/core";
import type { VendorContract } from "@countersign/core/testing";
import { http, Settings } from "@countersign/service";
import { openTestStore } from "@countersign/store/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readSources } from "../../config.ts";
import { serveVendor } from "../../testing/vendor.ts";
import type { TaskTools } from "../task.ts";
import { task } from "./index.ts";

const contracts = ["a", "b", "c"].map((name): VendorContract => {
  const at = new Date("2026-09-02T09:00:00Z");
  const walk = {
    externalId: `doc-${name}`,
    title: name,
    sender: { name: "Mara", email: "mara@northgate.example" },
    fields: {},
    recipients: [{ key: "r1", name: "Ana", email: "ana@bluefin.example", order: 1 }],
  };
  return { walk, steps: [{ kind: "created", at }] };
});

let stack: AsyncDisposableStack;
let tools: TaskTools;
let time: Date;
let told: string[];
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  const store = stack.use(await openTestStore());
  const { access } = await serveVendor("pandadoc", contracts, stack);
  const provider = providerById("pandadoc")?.id ?? "";
  const given = { name: "pandadoc", provider, secrets: ["s"], access };
  const { sources: parsed = [] } = Settings.parse({ sources: [given] });
  const sources = readSources(parsed, "c.yaml");
  time = new Date("2026-11-03T23:59:00Z");
  told = [];
  tools = {
    store: () => Promise.resolve(store),
    sources: () => sources,
    http,
    now: () => time,
    sleep: () => Promise.resolve(),
    tell: (line) => void told.push(line),
  };
});
afterEach(() => stack.disposeAsync());

const given = task.options.parse({ source: "pandadoc", from: "2026-09-01", yes: true });

const breakOff = () => Promise.reject(new Error("broken off"));

it("goes on, by the same command, after the day on which it was broken off", async () => {
  await expect(task.run(given, { ...tools, sleep: breakOff })).rejects.toThrow("broken off");
  time = new Date("2026-11-04T00:01:00Z");
  const { data } = await task.run(given, tools);
  expect(told).toContain("going on after 1 of 3");
  expect(data).toMatchObject({ listed: 3, changed: 3 });
});

it("reads anew what was finished on another day", async () => {
  await task.run(given, tools);
  time = new Date("2026-11-04T00:01:00Z");
  expect(await task.run(given, tools)).toMatchObject({ data: { listed: 3, unchanged: 3 } });
});

it.each(["2026-02-31", "2026-13-01", "26-01-01", "2026-1-1"])("%s is no day", (from) => {
  const read = task.options.safeParse({ source: "pandadoc", from });
  expect(read.error?.issues[0]?.message).toMatch(/^must be a day/);
});
