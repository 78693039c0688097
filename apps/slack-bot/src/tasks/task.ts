import type { TaskEnd } from "@countersign/service";
import type { Store } from "@countersign/store";
import type { z } from "zod";
import type { Ports } from "../ports.ts";
import type { SlackRules } from "../rehearse/rules.ts";
import type { Channels } from "../slack/channels.ts";

/** What a task may use of the world. Each part is opened when it is first asked for, and closed by whoever runs the task. */
export type TaskTools = {
  store: () => Promise<Store>;
  /** What countersign.yaml, or the file named, says of Slack; null where it says nothing. Throws SettingsError. */
  rules: (file?: string) => Promise<SlackRules | null>;
  /** Slack itself, by countersign.yaml. Throws SettingsError where credentials are missing. */
  slack: () => Promise<{ ports: Ports; channels: Channels }>;
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
