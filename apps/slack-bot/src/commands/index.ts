import type { Command } from "./command.ts";
import { connect } from "./connect/index.ts";
import { digest } from "./digest/index.ts";
import { doctor } from "./doctor/index.ts";
import { history } from "./history/index.ts";
import { link } from "./link/index.ts";
import { list } from "./list/index.ts";
import { mine } from "./mine/index.ts";
import { mute } from "./mute/index.ts";
import { remind } from "./remind/index.ts";
import { settings } from "./settings/index.ts";
import { snooze } from "./snooze/index.ts";
import { status } from "./status/index.ts";
import { stuck } from "./stuck/index.ts";
import { subscribe } from "./subscribe/index.ts";
import { subscriptions } from "./subscriptions/index.ts";
import { unlink } from "./unlink/index.ts";
import { unmute } from "./unmute/index.ts";
import { unsubscribe } from "./unsubscribe/index.ts";
import { why } from "./why/index.ts";

/** Every command, as help lists them. A new one: its folder beside this file, and its name here; the manifest follows. */
export const commands: readonly Command[] = [
  status,
  list,
  mine,
  stuck,
  history,
  why,
  remind,
  link,
  unlink,
  mute,
  unmute,
  snooze,
  subscribe,
  unsubscribe,
  subscriptions,
  digest,
  connect,
  settings,
  doctor,
];
