import { task as apply } from "./apply/index.ts";
import { task as doctor } from "./doctor/index.ts";
import { task as errors } from "./errors/index.ts";
import { task as history } from "./history/index.ts";
import { task as link } from "./link/index.ts";
import { task as rehearse } from "./rehearse/index.ts";
import { task as resync } from "./resync/index.ts";
import { task as setup } from "./setup/index.ts";
import type { Task } from "./task.ts";
import { task as undo } from "./undo/index.ts";

/** Every task. A folder here and a line here. */
export const tasks: readonly Task[] = [
  doctor,
  setup,
  link,
  errors,
  resync,
  rehearse,
  apply,
  history,
  undo,
];
