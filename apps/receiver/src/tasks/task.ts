import type { Http } from "@countersign/core";
import type { TaskEnd } from "@countersign/service";
import type { Store } from "@countersign/store";
import type { z } from "zod";
import type { Source } from "../config.ts";

/** What a task may use of the world. Each part is opened when it is first asked for. */
export type TaskTools = {
  /** `quiet`: destinations that are not to hear of what this task records. */
  store: (quiet?: readonly string[]) => Promise<Store>;
  /** The sources of countersign.yaml by name. Throws SettingsError. */
  sources: () => ReadonlyMap<string, Source>;
  http: Http;
  now: () => Date;
  sleep: (milliseconds: number) => Promise<unknown>;
  /** Says a line while the work goes on. */
  tell: (line: string) => void;
};

/** One thing that a person can have done from the command line. `tasks/<name>/index.ts` exports it as `task`. */
export type Task<Options extends z.ZodObject = z.ZodObject> = {
  name: string;
  /** A line for help. */
  summary: string;
  /** By long name; `describe` says in help what each does. */
  options: Options;
  run(options: z.infer<Options>, tools: TaskTools): Promise<TaskEnd>;
};

/** Whom the past is not told unless that is asked for: people would take it for news. */
export const chatty = ["slack"];

/** What was asked for cannot be done. */
export function refused(text: string): TaskEnd {
  return { is: "refused", text, data: null };
}

/** The source of that name, or what to say. */
export function chooseSource(
  sources: ReadonlyMap<string, Source>,
  name: string,
): { is: "source"; source: Source } | TaskEnd {
  const source = sources.get(name);
  if (source !== undefined) return { is: "source", source };
  return refused(`No source "${name}" is configured. There is ${[...sources.keys()].join(", ")}.`);
}
