import { partsOf, textOf, type Part } from "./part.ts";

/** Slack gives each block and control that came without one an id; the same each time here. */
export function named(blocks: readonly Part[]): Part[] {
  return blocks.map((block, at) => {
    const block_id = textOf(block["block_id"]) || `b${at}`;
    const { elements, accessory, element } = block;
    return {
      ...block,
      block_id,
      ...(Array.isArray(elements) && block["type"] === "actions"
        ? { elements: partsOf(elements).map(nameControl) }
        : {}),
      ...(accessory === undefined ? {} : { accessory: nameFirst(accessory) }),
      ...(element === undefined ? {} : { element: nameFirst(element) }),
    };
  });
}

function nameFirst(control: unknown): Part | undefined {
  return partsOf([control]).map((one) => nameControl(one, 0))[0];
}

function nameControl(control: Part, at: number): Part {
  return { ...control, action_id: textOf(control["action_id"]) || `a${at}` };
}

/** A control that can be used, and the block it stands in. */
export type Control = { blockId: string; actionId: string; element: Part };

/** Every control of blocks that `named` has seen. */
export function controlsOf(blocks: readonly Part[]): Control[] {
  return blocks.flatMap((block) => {
    const inside = block["type"] === "actions" ? partsOf(block["elements"]) : [];
    const single = partsOf([block["accessory"]]);
    const asked = partsOf([block["element"]]);
    return [...inside, ...single, ...asked]
      .filter(({ type }) => type !== "image")
      .map((element) => ({
        blockId: textOf(block["block_id"]),
        actionId: textOf(element["action_id"]),
        element,
      }));
  });
}
