import { apply } from "./apply/index.ts";
import { backfill } from "./backfill/index.ts";
import type { Command } from "./command.ts";
import { contract } from "./contract/index.ts";
import { deadletters } from "./deadletters/index.ts";
import { doctor } from "./doctor/index.ts";
import { errors } from "./errors/index.ts";
import { history } from "./history/index.ts";
import { inbox } from "./inbox/index.ts";
import { link } from "./link/index.ts";
import { quarantine } from "./quarantine/index.ts";
import { rehearse } from "./rehearse/index.ts";
import { replay } from "./replay/index.ts";
import { resync } from "./resync/index.ts";
import { secrets } from "./secrets/index.ts";
import { setup } from "./setup/index.ts";
import { undo } from "./undo/index.ts";

/** Every command. A folder here and a line here. */
export const commands: readonly Command[] = [
  doctor,
  setup,
  rehearse,
  apply,
  contract,
  inbox,
  link,
  errors,
  resync,
  history,
  undo,
  quarantine,
  replay,
  backfill,
  deadletters,
  secrets,
];
