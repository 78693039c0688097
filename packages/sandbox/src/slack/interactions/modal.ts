import { partsOf, textOf, type Part } from "../part.ts";
import type { Person } from "../teams.ts";
import type { Entries } from "../views/entries.ts";
import { missingIn, stateOf } from "../views/state.ts";
import { readView, type View } from "../views/view.ts";
import { askWithPayload, failureOf } from "./ask-bot.ts";
import { suggestionKey, type Context } from "./context.ts";
import { undone, type Outcome } from "./outcome.ts";
import { signedBy } from "./payload.ts";

const trouble = "We had some trouble connecting. Try again?";

/** Submits the modal that the person sees, and does what the bot answers. */
export async function submit(
  viewId: string,
  entries: Entries,
  person: Person,
  context: Context,
): Promise<Outcome> {
  const { workspace, bot, suggested } = context;
  const { modals } = workspace.views;
  const view = modals.of(person.id).at(-1);
  if (view?.id !== viewId) return undone(`${person.name} has no such view open.`);
  const offered = (block: string, action: string) =>
    suggested.get(suggestionKey(person.id, block, action)) ?? [];
  const values = stateOf(view.blocks, view.state.values, entries, offered);
  if (typeof values === "string") return undone(values);
  modals.enter(view.id, values);
  const missing = missingIn(view.blocks, values);
  if (missing.length > 0) {
    const errors = Object.fromEntries(missing.map((id) => [id, "Please complete this field."]));
    return { done: false, reason: `Not complete: ${missing.join(", ")}.`, errors };
  }
  const payload = {
    type: "view_submission",
    ...signedBy(person, context),
    trigger_id: workspace.triggers.issue(person.id, view.id),
    view: { ...view, state: { values } },
    response_urls: [],
  };
  const reply = await askWithPayload(bot, payload);
  const failure = failureOf(reply);
  if (reply.kind !== "answered" || failure !== null) return undone(`${trouble} (${failure})`);
  const refused = obey(reply.body ?? {}, view.id, person, context);
  return refused ?? { done: true, ms: reply.ms, answer: reply.body };
}

/** https://docs.slack.dev/surfaces/modals#updating_response */
function obey(answer: Part, viewId: string, person: Person, context: Context): Outcome | null {
  const { views } = context.workspace;
  const { modals } = views;
  switch (answer["response_action"]) {
    case undefined:
      modals.close(person.id, viewId);
      return null;
    case "clear":
      modals.close(person.id);
      return null;
    case "errors":
      return showErrors(answer);
    case "update":
    case "push": {
      const sent = readView(answer["view"], "modal");
      if ("error" in sent) return undone(`${trouble} (${sent.detail})`);
      const shown = modals.of(person.id).find(({ id }) => id === viewId);
      if (shown === undefined) return undone(trouble);
      if (answer["response_action"] === "update") {
        modals.change(views.changed(shown, sent));
        return null;
      }
      const pushed = modals.push(person.id, shown.id, views.make(sent, shown));
      return pushed === "pushed" ? null : undone(`${trouble} (${pushed})`);
    }
    default:
      return undone(`${trouble} (no such response_action)`);
  }
}

function showErrors(answer: Part): Outcome {
  const [given = {}] = partsOf([answer["errors"]]);
  const errors = Object.fromEntries(
    Object.entries(given).map(([blockId, sentence]) => [blockId, textOf(sentence)]),
  );
  return { done: false, reason: Object.values(errors).join(" "), errors };
}

/** Closes the view that the person sees, or with `all` every one beneath it; the bot hears of it if it asked to. */
export async function close(
  viewId: string,
  all: boolean,
  person: Person,
  context: Context,
): Promise<Outcome> {
  const { modals } = context.workspace.views;
  const shown = modals.of(person.id).at(-1);
  if (shown?.id !== viewId) return undone(`${person.name} has no such view open.`);
  const closed = modals.close(person.id, all || shown.clear_on_close ? undefined : viewId);
  for (const view of closed.toReversed()) {
    if (view.notify_on_close) await tellOfClosing(view, all, person, context);
  }
  return { done: true, ms: 0, answer: null };
}

async function tellOfClosing(
  view: View,
  all: boolean,
  person: Person,
  context: Context,
): Promise<void> {
  await askWithPayload(context.bot, {
    type: "view_closed",
    ...signedBy(person, context),
    view,
    is_cleared: all,
  });
}
