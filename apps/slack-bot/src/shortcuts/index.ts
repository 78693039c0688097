import { findContract } from "./find-contract/index.ts";
import { linkToDeal } from "./link-to-deal/index.ts";
import type { Shortcut } from "./shortcut.ts";

/** Every shortcut. A new one: its folder beside this file, and its name here; the manifest follows. */
export const shortcuts: readonly Shortcut[] = [findContract, linkToDeal];
