import type { Command } from "./command.ts";
import { contractStatus } from "./contract-status/index.ts";

/** Every command. A new one: its folder beside this file, and its name here; the manifest follows. */
export const commands: readonly Command[] = [contractStatus];
