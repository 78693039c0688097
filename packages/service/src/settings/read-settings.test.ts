import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parseSettings } from "./read-settings.ts";
import { SettingsError } from "./problem.ts";

const shipped = readFileSync(new URL("../../../../countersign.yaml", import.meta.url), "utf8");
const variables = shipped.match(/[A-Z_]+_SECRET/g) ?? [];
const secrets = {
  ...Object.fromEntries(variables.map((name) => [name, "a-secret"])),
  DOCUSIGN_SECRET: "d",
};

function faultOf(text: string, environment: Record<string, string> = {}): string {
  try {
    parseSettings(text, "c.yaml", ["sources"], environment);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "none";
}

it("reads the file that comes with the project", () => {
  const settings = parseSettings(shipped, "countersign.yaml", ["sources"], secrets);
  expect(settings.sources?.map(({ name }) => name)).toContain("docusign");
  expect(settings.sources?.find(({ name }) => name === "docusign")?.secrets).toEqual(["d"]);
});

it("asks only for the variables of the sections that an app uses", () => {
  const settings = parseSettings(shipped, "countersign.yaml", ["slack"], {});
  expect(settings.slack?.channel).toMatch(/^C/);
});

it("asks, where only the providers' APIs are used, for nothing else of the sources", () => {
  const text = `sources:
  - name: a
    provider: pandadoc
    secrets: ["\${PANDADOC_SECRET}"]
    access: { apiKey: "\${PANDADOC_API_KEY}", baseUrl: "\${PANDADOC_URL:-https://api.example.com}" }
`;
  const read = (environment: Record<string, string>) =>
    parseSettings(text, "c.yaml", ["sources.access"], environment).sources?.[0]?.access;
  const baseUrl = "https://api.example.com";
  expect(read({ PANDADOC_API_KEY: "k" })).toEqual({ apiKey: "k", baseUrl });
  expect(() => read({})).toThrow("c.yaml:5: sources.access uses ${PANDADOC_API_KEY}, but");
});

it.each<[string, Record<string, string>, unknown]>([
  ["is left out where its variable is not set", { KEY: "k" }, { apiKey: "k" }],
  ["is none where all of it is left out", {}, undefined],
])("access %s", (_how, environment, access) => {
  const text = `sources:
  - { name: a, provider: pandadoc, secrets: [s], access: { apiKey: "\${KEY:-}", baseUrl: "\${URL:-}" } }
`;
  const settings = parseSettings(text, "c.yaml", ["sources"], environment);
  expect(settings.sources?.[0]?.access).toEqual(access);
});

const source = (line: string) =>
  `sources:\n  - name: docusign\n    provider: docusign\n    ${line}\n`;

it.each<[string, string, string]>([
  [
    "a variable that is not set",
    source('secrets: ["${DOCUSIGN_SECRET}"]'),
    "c.yaml:2: sources uses ${DOCUSIGN_SECRET}, but the environment variable DOCUSIGN_SECRET is not set. Set it, or take the line out.",
  ],
  [
    "a misspelt setting",
    source("secrets: [a]\n    secret: b"),
    'c.yaml:5: sources.0 has no setting "secret". Check the spelling, or take it out.',
  ],
  [
    "a misspelt section",
    "sorces: []\n",
    'c.yaml:1: the file has no setting "sorces". Check the spelling, or take it out.',
  ],
  [
    "a missing setting",
    "sources:\n  - name: a\n    provider: docusign\n",
    "c.yaml:2: sources.0.secrets:",
  ],
  [
    "a channel by its name",
    'slack:\n  channel: "#deals"\n',
    "c.yaml:2: slack.channel: use the channel's id",
  ],
  ["broken YAML", "sources: [\n", "c.yaml:2:"],
])("explains %s", (_fault, text, message) => {
  expect(faultOf(text)).toContain(message);
});

it("never shows the value of a secret", () => {
  const fault = faultOf(source('secrets: "${DOCUSIGN_SECRET}"'), { DOCUSIGN_SECRET: "hush-hush" });
  expect(fault).toContain("c.yaml:4");
  expect(fault).not.toContain("hush-hush");
});
