import { readFileSync } from "node:fs";
import {
  isMap,
  isNode,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from "yaml";
import type { z } from "zod";
import { SettingsError } from "./problem.ts";
import { Settings } from "./schema.ts";

/** What an app uses of the file: a whole section, or of the sources only how their providers' APIs are reached. */
type Section = keyof Settings | "sources.access";
type Environment = Readonly<Record<string, string | undefined>>;
type Path = readonly PropertyKey[];

/**
 * Reads countersign.yaml, checks all of it, and replaces `${ENV_NAME}` in the sections that the app uses; of
 * `${ENV_NAME:-words}`, the words stand where the variable is not set.
 * Throws SettingsError, whose lines name file, line and fix.
 */
export function readSettings(
  file: string,
  sections: readonly Section[],
  environment: Environment,
): Settings {
  return parseSettings(readFile(file), file, sections, environment);
}

export function parseSettings(
  text: string,
  file: string,
  sections: readonly Section[],
  environment: Environment,
): Settings {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (path: Path) => `${file}:${lineOf(document, lines, path)}`;
  const broken = document.errors.map((error) => {
    const { line } = lines.linePos(error.pos[0]);
    return `${file}:${line}: ${error.message.split("\n")[0]}`;
  });
  if (broken.length > 0) throw new SettingsError(broken.join("\n"));
  const missing = insertEnvironment(document, sections, environment, at);
  if (missing.length > 0) throw new SettingsError(missing.join("\n"));
  const parsed = Settings.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {});
  if (!parsed.success) {
    throw new SettingsError(parsed.error.issues.map((issue) => explain(issue, at)).join("\n"));
  }
  return parsed.data;
}

function readFile(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new SettingsError(
      `${file} cannot be read. Put countersign.yaml there, or name its place in COUNTERSIGN_CONFIG.`,
      { cause },
    );
  }
}

/** Fills in the variables of the named sections; says, line by line, which ones are not set. */
function insertEnvironment(
  document: Document,
  sections: readonly Section[],
  environment: Environment,
  at: (path: Path) => string,
): string[] {
  const missing: string[] = [];
  for (const section of sections) {
    for (const { node, path } of nodesOf(document, section)) {
      visit(node, {
        Scalar(_key, scalar) {
          if (typeof scalar.value !== "string") return;
          scalar.value = scalar.value.replaceAll(
            /\$\{([A-Z][A-Z0-9_]*)(?::-([^${}]*))?\}/g,
            (whole, variable: string, instead: string | undefined) => {
              const value = environment[variable];
              if (value !== undefined && value !== "") return value;
              if (instead !== undefined) return instead;
              missing.push(
                `${at(path)}: ${section} uses ${whole}, but the environment variable ${variable} is not set. Set it, or take the line out.`,
              );
              return whole;
            },
          );
        },
      });
    }
  }
  return missing;
}

function nodesOf(document: Document, section: Section): { node: Node; path: Path }[] {
  if (section !== "sources.access") {
    const node = document.get(section, true);
    return isNode(node) ? [{ node, path: [section] }] : [];
  }
  const sources = document.get("sources", true);
  if (!isSeq(sources)) return [];
  return sources.items.flatMap((source, index) => {
    const node = isMap(source) ? source.get("access", true) : undefined;
    return isNode(node) ? [{ node, path: ["sources", index, "access"] }] : [];
  });
}

function explain(issue: z.core.$ZodIssue, at: (path: Path) => string): string {
  const where = issue.path.length > 0 ? issue.path.join(".") : "the file";
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.map((key) => `"${key}"`).join(", ");
    return `${at([...issue.path, issue.keys[0] ?? ""])}: ${where} has no setting ${keys}. Check the spelling, or take it out.`;
  }
  return `${at(issue.path)}: ${where}: ${issue.message}.`;
}

/** The line of the innermost part of `path` that is in the file. */
function lineOf(document: Document, lines: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range)) {
      const start: unknown = node.range[0];
      if (typeof start === "number") return lines.linePos(start).line;
    }
  }
  return 1;
}
