import type { Json } from "@countersign/core";
import type { z } from "zod";

/**
 * How a task ended. `done`: all is as it was asked for. `findings`: it ran, and something is for a person to
 * see to. `refused`: what was asked for cannot be done, and nothing was changed.
 */
export type TaskEnd = {
  is: "done" | "findings" | "refused";
  /** For a person. */
  text: string;
  /** The same for a program. */
  data: Json;
  /** The same as a part of an HTML page, where it has one. */
  page?: string;
};

/** One thing that an app can be told to do once, as a process of its own. `Tools` is what it may use of the world. */
export type RunnableTask<Tools> = {
  name: string;
  summary: string;
  /** By long name; `describe` says in help what each does. A switch is a boolean, all else is given as text. */
  options: z.ZodObject;
  run(options: Record<string, unknown>, tools: Tools): Promise<TaskEnd>;
};

/** What the process prints: also what there is to say where no task ran. */
export type TaskReport = Omit<TaskEnd, "is"> & { is: TaskEnd["is"] | "failed" | "usage" };

/** 0: done. 1: something is for a person to see to, or could not be done. 2: not understood. */
export const taskExitCodes = {
  done: 0,
  findings: 1,
  refused: 1,
  failed: 1,
  usage: 2,
} as const satisfies Record<TaskReport["is"], number>;
