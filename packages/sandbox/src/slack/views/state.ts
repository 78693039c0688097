import { controlsOf } from "../named.ts";
import type { Part } from "../part.ts";
import { enter, fieldOf, initialOf, type Entries } from "./entries.ts";
import type { Values } from "./view.ts";

/** The options that an app has suggested for a control. */
export type Offered = (blockId: string, actionId: string) => readonly Part[];

/**
 * What blocks hold: at first their own values, over these what was there `before` under the same names, over
 * these the new entries. A sentence where one is impossible.
 */
export function stateOf(
  blocks: readonly Part[],
  before: Values,
  entries: Entries,
  offered: Offered,
): Values | string {
  const values: Values = {};
  for (const { blockId, actionId, element } of stateful(blocks)) {
    const entry = entries[blockId]?.[actionId];
    const kept = before[blockId]?.[actionId];
    const held =
      entry === undefined
        ? kept?.["type"] === element["type"] && kept !== undefined
          ? kept
          : initialOf(element)
        : enter(element, entry, offered(blockId, actionId));
    if (typeof held === "string") return held;
    values[blockId] = { ...values[blockId], [actionId]: held };
  }
  const strange = strangeEntry(values, entries);
  return strange ?? values;
}

/** What may be acted on but holds nothing, such as a button or an overflow menu, has no state. */
function stateful(blocks: readonly Part[]) {
  return controlsOf(blocks).filter(
    ({ element }) => element["type"] !== "overflow" && fieldOf(String(element["type"])) !== null,
  );
}

function strangeEntry(values: Values, entries: Entries): string | null {
  for (const [blockId, block] of Object.entries(entries)) {
    for (const actionId of Object.keys(block)) {
      if (values[blockId]?.[actionId] === undefined)
        return `There is nothing to enter as "${actionId}" in block "${blockId}".`;
    }
  }
  return null;
}

/** The blocks whose input is asked for and empty. */
export function missingIn(blocks: readonly Part[], values: Values): string[] {
  return blocks
    .filter((block) => block["type"] === "input" && block["optional"] !== true)
    .flatMap((block) => {
      const blockId = String(block["block_id"]);
      const [held] = Object.values(values[blockId] ?? {});
      const field = fieldOf(String(held?.["type"])) ?? "";
      const value = held?.[field] ?? null;
      return value === null || (Array.isArray(value) && value.length === 0) ? [blockId] : [];
    });
}
