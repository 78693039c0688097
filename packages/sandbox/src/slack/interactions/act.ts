import { z } from "zod";
import { controlsOf, type Control } from "../named.ts";
import { partsOf, type Part } from "../part.ts";
import type { Person } from "../teams.ts";
import { enter, entriesSchema, entrySchema, fieldOf, type Entry } from "../views/entries.ts";
import { stateOf } from "../views/state.ts";
import { askWithPayload, failureOf } from "./ask-bot.ts";
import { suggestionKey, type Context } from "./context.ts";
import { undone, type Outcome } from "./outcome.ts";
import { signedBy } from "./payload.ts";
import { lookAt, spotSchema } from "./spot.ts";

/**
 * A control used: a button pressed, an option chosen, a date picked. `value` is what is entered or chosen; of
 * several buttons with one action it tells which is meant. `entries` are what else has been entered there.
 */
export const actSchema = z.object({
  spot: spotSchema,
  actionId: z.string(),
  blockId: z.string().exactOptional(),
  value: entrySchema.exactOptional(),
  entries: entriesSchema.default({}),
});
export type Act = z.input<typeof actSchema>;

export async function act(given: Act, person: Person, context: Context): Promise<Outcome> {
  const { spot, actionId, blockId, value, entries } = actSchema.parse(given);
  const { workspace, bot, suggested } = context;
  const surface = await lookAt(spot, person, workspace);
  if (surface === null) return undone(`${person.name} sees no such message or view.`);
  const control = findControl(surface.blocks, actionId, blockId, value);
  if (control === null) return undone(`There is no "${actionId}" to use there.`);
  if (!isActive(surface.blocks, control))
    return undone(`"${actionId}" is an input, which is sent when the view is submitted.`);
  const offered = (block: string, action: string) =>
    suggested.get(suggestionKey(person.id, block, action)) ?? [];
  const used = use(control, value, offered(control.blockId, control.actionId));
  if (typeof used === "string") return undone(used);
  const held = holds(control, value) ? { [control.blockId]: { [control.actionId]: value } } : {};
  const values = stateOf(surface.blocks, surface.values, { ...entries, ...held }, offered);
  if (typeof values === "string") return undone(values);
  surface.keep(values);
  const { place, viewId } = surface;
  const payload = {
    type: "block_actions",
    ...signedBy(person, context),
    ...surface.tell(values),
    trigger_id: workspace.triggers.issue(person.id, viewId ?? undefined),
    ...(place === null ? {} : { response_url: context.responseUrls.issue(place) }),
    actions: [{ ...used, action_ts: context.nextTs() }],
  };
  const reply = await askWithPayload(bot, payload);
  const failure = failureOf(reply);
  if (reply.kind !== "answered" || failure !== null)
    return undone(`This did not work: ${failure}.`);
  return { done: true, ms: reply.ms, answer: reply.body };
}

function findControl(
  blocks: Part[],
  actionId: string,
  blockId: string | undefined,
  value: Entry | undefined,
): Control | null {
  const candidates = controlsOf(blocks).filter(
    (control) =>
      control.actionId === actionId && (blockId === undefined || control.blockId === blockId),
  );
  const meant = candidates.find(
    ({ element }) => element["type"] === "button" && element["value"] === value,
  );
  return meant ?? candidates[0] ?? null;
}

/** An input block's control speaks up only where `dispatch_action` says so. */
function isActive(blocks: Part[], { blockId }: Control): boolean {
  const block = blocks.find((one) => one["block_id"] === blockId);
  return block?.["type"] !== "input" || block["dispatch_action"] === true;
}

function holds({ element }: Control, value: Entry | undefined): value is Entry {
  const type = String(element["type"]);
  return value !== undefined && type !== "overflow" && fieldOf(type) !== null;
}

/** How the payload tells of the control's use; a sentence where it cannot be used so. */
function use(control: Control, value: Entry | undefined, offered: readonly Part[]): Part | string {
  const { actionId: action_id, blockId: block_id, element } = control;
  const named = { action_id, block_id, type: element["type"] };
  if (element["type"] === "button") {
    const { text, value: carried, style, url } = element;
    return { ...named, text, value: carried, style, url };
  }
  if (value === undefined) return `Say what is chosen in "${action_id}".`;
  const entered = enter(element, value, offered);
  return typeof entered === "string" ? entered : { ...named, ...entered };
}

/** The options that the bot suggests for what a person types into an `external_select`. */
export async function suggest(
  { spot, actionId, blockId }: Pick<Act, "spot" | "actionId" | "blockId">,
  typed: string,
  person: Person,
  context: Context,
): Promise<Outcome> {
  const { workspace, bot, suggested } = context;
  const surface = await lookAt(spot, person, workspace);
  if (surface === null) return undone(`${person.name} sees no such message or view.`);
  const control = findControl(surface.blocks, actionId, blockId, undefined);
  if (control === null) return undone(`There is no "${actionId}" there.`);
  const payload = {
    type: "block_suggestion",
    ...signedBy(person, context),
    ...surface.tell(surface.values),
    action_id: control.actionId,
    block_id: control.blockId,
    value: typed,
  };
  const reply = await askWithPayload(bot, payload);
  const failure = failureOf(reply);
  if (reply.kind !== "answered" || failure !== null) return undone(`No options came: ${failure}.`);
  const groups = partsOf(reply.body?.["option_groups"]).flatMap(({ options }) => partsOf(options));
  const options = [...partsOf(reply.body?.["options"]), ...groups];
  const key = suggestionKey(person.id, control.blockId, control.actionId);
  suggested.set(key, [...options, ...(suggested.get(key) ?? [])].slice(0, 500));
  return { done: true, ms: reply.ms, answer: options };
}
