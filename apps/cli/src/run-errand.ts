import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { taskExitCodes } from "@countersign/service";
import { z } from "zod";
import type { Answer, Arguments, Errand, Report } from "./commands/command.ts";

const ReportOfTask = z.object({
  is: z.enum(["done", "findings", "refused", "failed", "usage"]),
  text: z.string(),
  data: z.unknown(),
  page: z.string().optional(),
}) satisfies z.ZodType<Report>;

/** What ends a command ends its errand with it. */
const endings = ["SIGTERM", "SIGINT", "SIGHUP"] as const;

/**
 * Runs the app's task as a process, for its report. What it says meanwhile is passed on, and so is a signal that
 * ends us: left alone it would go on with its work, unseen.
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
  const passOn = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of endings) process.on(signal, passOn);
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  createInterface(child.stderr).on("line", tell);
  await ended.finally(() => endings.forEach((signal) => process.off(signal, passOn)));
  return reportIn(Buffer.concat(parts).toString());
}

/** A report as what `countersign` prints. */
export function answerOf({ is, text, data }: Report, { json }: Pick<Arguments, "json">): Answer {
  const exitCode = taskExitCodes[is];
  if (!json) return { exitCode, text, isOutput: is === "findings" };
  return { exitCode, text: JSON.stringify({ is, text, data }, null, 2), isOutput: true };
}

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
