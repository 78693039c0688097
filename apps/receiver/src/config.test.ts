import { expect, it } from "vitest";
import { readSources } from "./config.ts";

const source = (name: string, settings: Record<string, unknown> = {}) => ({
  name,
  provider: "docusign",
  secrets: ["s"],
  settings,
});

it("refuses two sources of one name", () => {
  expect(() => readSources([source("a"), source("a")], "c.yaml")).toThrow(
    'c.yaml: two sources are named "a". Rename one.',
  );
});

it("names the source whose provider settings are wrong", () => {
  expect(() => readSources([source("a", { xmlUtcOffsetHours: "far" })], "c.yaml")).toThrow(
    /c\.yaml: source "a": settings\.xmlUtcOffsetHours: /,
  );
});
