import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Answer, Arguments, Errand, Report } from "./commands/command.ts";

const ReportOfTask = z.object({
  is: z.enum(["done", "findings", "refused", "failed", "usage"]),
  text: z.string(),
  data: z.unknown(),
  page: z.string().optional(),
}) satisfies z.ZodType<Report>;

const exitCodes = { done: 0, findings: 1, refused: 1, failed: 1, usage: 2 } as const;

/**
 * Runs the app's task as a process, for its report. What it says meanwhile is passed on. Ctrl-C reaches the process
 * by the terminal; we wait for its end.
 */
export async function runErrand(
  { app, task, options }: Errand,
  environment: Readonly<Record<string, string | undefined>>,
  { tell }: Pick<Arguments, "tell">,
): Promise<Report> {
  const program = fileURLToPath(new URL(`../../${app}/src/task.ts`, import.meta.url));
  const child = spawn(process.execPath, [program, task, ...typed(options)], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close");
  process.on("SIGINT", wait);
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  createInterface(child.stderr).on("line", tell);
  await ended.finally(() => process.off("SIGINT", wait));
  return reportIn(Buffer.concat(parts).toString());
}

/** A report as what `countersign` prints. */
export function answerOf({ is, text, data }: Report, { json }: Pick<Arguments, "json">): Answer {
  const exitCode = exitCodes[is];
  if (!json) return { exitCode, text, isOutput: is === "findings" };
  return { exitCode, text: JSON.stringify({ is, text, data }, null, 2), isOutput: true };
}

function wait(): void {}

function reportIn(printed: string): Report {
  const report = ReportOfTask.safeParse(parse(printed));
  if (report.success) return report.data;
  return { is: "failed", text: "It broke off; what it said stands above.", data: null };
}

function parse(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch {
    return null;
  }
}

function typed(options: Errand["options"]): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}=${value}`];
  });
}
