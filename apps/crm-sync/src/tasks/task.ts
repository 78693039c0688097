import type { TaskEnd } from "@countersign/service";
import type { Store } from "@countersign/store";
import type { z } from "zod";
import type { Crm } from "../crms/crm.ts";

/** What a task may use of the world. Each part is opened when it is first asked for, and closed by whoever runs the task. */
export type TaskTools = {
  store: () => Promise<Store>;
  /** The CRMs of countersign.yaml, or of the file named. Throws SettingsError. */
  crms: (file?: string) => readonly Crm[];
  /** The same where there may be none. Throws SettingsError for any other fault. */
  anyCrms: (file?: string) => readonly Crm[];
  now: () => Date;
  /** Says a line while the work goes on. */
  tell: (line: string) => void;
};

/** How a task ended. */
export type TaskResult = TaskEnd;

/** One thing that a person can have done from the command line. `tasks/<name>/index.ts` exports it as `task`. */
export type Task<Options extends z.ZodObject = z.ZodObject> = {
  name: string;
  /** A line for help. */
  summary: string;
  /** By long name; `describe` says in help what each does. */
  options: Options;
  run(options: z.infer<Options>, tools: TaskTools): Promise<TaskResult>;
};
