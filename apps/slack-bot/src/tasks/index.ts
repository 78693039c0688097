import { task as apply } from "./apply/index.ts";
import { task as rehearse } from "./rehearse/index.ts";
import type { Task } from "./task.ts";

/** Every task. A folder here and a line here. */
export const tasks: readonly Task[] = [rehearse, apply];
