import { task as backfill } from "./backfill/index.ts";
import { task as replay } from "./replay/index.ts";
import type { Task } from "./task.ts";

/** Every task. A folder here and a line here. */
export const tasks: readonly Task[] = [backfill, replay];
