import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";
import { describe, expect, test, vi } from "vitest";

vi.stubEnv("RECHECK_SYNC_BACKEND", "pure");
const { checkSync } = await import("recheck");

type Expression = { file: string; source: string; flags: string };

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Everything that a webhook, a slash command or a CRM's answer passes through. */
const folders = [
  "packages/core/src",
  "packages/service/src",
  "packages/store/src",
  "apps/receiver/src",
  "apps/slack-bot/src",
  "apps/crm-sync/src",
];

const files = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test\.ts$|(^|\/)testing\//.test(file))
    .map((file) => join(folder, file)),
);

/** The file's regular expressions, and a line for each that is put together from parts. */
function expressionsIn(file: string): { literal: Expression[]; composed: string[] } {
  const { program } = parseSync(file, readFileSync(join(root, file), "utf8"));
  const literal: Expression[] = [];
  const composed: string[] = [];
  const visitor = new Visitor({
    Literal(node) {
      if ("regex" in node) {
        literal.push({ file, source: node.regex.pattern, flags: node.regex.flags });
      }
    },
    NewExpression({ callee }) {
      if (callee.type === "Identifier" && callee.name === "RegExp") composed.push(file);
    },
  });
  visitor.visit(program);
  return { literal, composed };
}

const all = files.map(expressionsIn);
const literals = all.flatMap(({ literal }) => literal);

test("none is put together from parts, which nobody could check", () => {
  expect(literals.length).toBeGreaterThan(80);
  expect(all.flatMap(({ composed }) => composed)).toEqual([]);
});

/** How long the judge may take on a machine that does other things too, in milliseconds. */
const patience = 60_000;

describe("takes time in proportion to its text", () => {
  test.each(literals)("/$source/$flags in $file", { timeout: 2 * patience }, (literal) => {
    const judged = checkSync(literal.source, literal.flags, { timeout: patience });
    expect(judged).toMatchObject({
      status: "safe",
      complexity: { type: expect.stringMatching(/^(safe|linear)$/) },
    });
  });

  test("unlike one that does not", () => {
    expect(checkSync(String.raw`\s*\[`, "", {})).toMatchObject({ status: "vulnerable" });
  });
});
