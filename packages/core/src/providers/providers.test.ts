import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { clientSuite } from "../testing/client-suite.ts";
import { fixtureSuite, type Fixture } from "../testing/fixture-suite.ts";
import { walkSuite } from "../testing/walk-suite.ts";
import { providers } from "./index.ts";

const here = new URL(".", import.meta.url);
const core = new URL("../", here);

describe("adding a provider touches one folder and one line", () => {
  const ids = providers.map((provider) => provider.id);

  test("every folder is in the list, and the other way round", () => {
    const entries = readdirSync(here, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory());
    expect(ids).toEqual(folders.map((folder) => folder.name).toSorted());
  });

  test("no other file knows one by its name", () => {
    const names = new RegExp(`\\b(${ids.join("|")})\\b`, "i");
    const shared = readdirSync(core, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .filter((file) => !/^providers\/[^/]+\//.test(file));
    const knowing = shared.filter((file) => names.test(readFileSync(new URL(file, core), "utf8")));
    expect(knowing).toEqual(["providers/index.ts"]);
  });

  test.each(providers)("$id has the files that all have", ({ id, client }) => {
    const common = ["identity", "index", "normalize", "settings", "vendor-side", "verify"];
    const files = [...common, ...(client ? ["client"] : []), `${id}.test`];
    expect(filesIn(`${id}/`)).toEqual(expect.arrayContaining(files.map((name) => `${name}.ts`)));
    expect(filesIn(`${id}/fixtures/`)).toContain("README.md");
  });
});

describe.each(providers)("$id", (provider) => {
  fixtureSuite(provider, fixturesOf(provider.id));
  walkSuite(provider);
  clientSuite(provider);
});

/** `<name>.<any ending>` lies beside its `<name>.expected.json`. */
function fixturesOf(providerId: string): Fixture[] {
  const folder = new URL(`${providerId}/fixtures/`, here);
  return filesIn(`${providerId}/fixtures/`)
    .filter((file) => !/(\.expected\.json|\.md)$/.test(file))
    .map((file) => ({
      name: file,
      body: readFileSync(new URL(file, folder)),
      expected: () => {
        const name = file.replace(/\.[^.]*$/, "");
        return JSON.parse(readFileSync(new URL(`${name}.expected.json`, folder), "utf8"));
      },
    }));
}

function filesIn(folder: string): string[] {
  const place = new URL(folder, here);
  return existsSync(place) ? readdirSync(place).toSorted() : [];
}
