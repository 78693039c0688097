import type { Command } from "./command.ts";
import { contract } from "./contract/index.ts";
import { deadletters } from "./deadletters/index.ts";
import { quarantine } from "./quarantine/index.ts";
import { secrets } from "./secrets/index.ts";

/** Every command. A folder here and a line here. */
export const commands: readonly Command[] = [contract, quarantine, deadletters, secrets];
