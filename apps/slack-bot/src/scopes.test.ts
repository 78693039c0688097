import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { events } from "./events/index.ts";
import { botScopes, features } from "./scopes.ts";

const folder = new URL(".", import.meta.url).pathname;
const sources = globSync("**/*.ts", { cwd: folder }).filter(
  (file) => !file.endsWith(".test.ts") && !file.includes("testing/"),
);

/** Every `client.<x>.<y>(` of the app, as Slack calls the method. */
const called = new Set(
  sources.flatMap((file) =>
    [
      ...readFileSync(`${folder}${file}`, "utf8").matchAll(
        /\b(?:client|bot)\s*\.((?:[a-z]\w*\.)+[a-z]\w*)\s*\(/gi,
      ),
    ].map(([, method = ""]) => method),
  ),
);

const Specs = z.object({ botScopes: z.record(z.string(), z.array(z.string())) });
const specs = new URL("testing/specs/method-scopes.json", import.meta.url);
const { botScopes: sufficient } = Specs.parse(JSON.parse(readFileSync(specs, "utf8")));

it("names exactly the methods that the app calls", () => {
  expect(features.flatMap(({ methods }) => methods).toSorted()).toEqual([...called].toSorted());
});

it.each(features)("gives each method a scope, and asks for none in vain: $does", (feature) => {
  const { scopes, methods } = feature;
  for (const method of methods) {
    const ofMethod = sufficient[method];
    expect(ofMethod, `Slack documents ${method}`).toBeDefined();
    const isCovered = ofMethod?.length === 0 || ofMethod?.some((one) => scopes.includes(one));
    expect(isCovered, method).toBe(true);
  }
  const useful = new Set(["commands", ...methods.flatMap((method) => sufficient[method] ?? [])]);
  expect(scopes.filter((scope) => !useful.has(scope))).toEqual([]);
});

it("asks for what commands and events need, beside the methods, and for nothing else", () => {
  const ofMethods = new Set(features.flatMap(({ scopes }) => scopes));
  const more = botScopes(events).filter((scope) => !ofMethods.has(scope));
  expect(more).toEqual(["links:read"]);
});
