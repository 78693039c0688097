import { textOf } from "../part.ts";
import type { Method, MethodAnswer } from "../method.ts";
import { readView, type View, type ViewRefusal } from "./view.ts";

/** https://docs.slack.dev/reference/methods/views.open */
const open: Method = ({ args, workspace: { views, triggers } }) => {
  const sent = readView(args["view"], "modal");
  if ("error" in sent) return refuse(sent);
  if (views.taken(sent.external_id, null)) return { ok: false, error: "duplicate_external_id" };
  const trigger = triggers.exchange(textOf(args["trigger_id"]));
  if ("refused" in trigger) return { ok: false, error: trigger.refused };
  const view = views.make(sent, null);
  views.modals.open(trigger.user, view);
  return { ok: true, view };
};

/** https://docs.slack.dev/reference/methods/views.push */
const push: Method = ({ args, workspace: { views, triggers } }) => {
  const sent = readView(args["view"], "modal");
  if ("error" in sent) return refuse(sent);
  if (views.taken(sent.external_id, null)) return { ok: false, error: "duplicate_external_id" };
  const trigger = triggers.exchange(textOf(args["trigger_id"]));
  if ("refused" in trigger) return { ok: false, error: trigger.refused };
  const below = views.modals.of(trigger.user).find(({ id }) => id === trigger.viewId);
  if (below === undefined) return { ok: false, error: "not_found" };
  const view = views.make(sent, below);
  const outcome = views.modals.push(trigger.user, below.id, view);
  return outcome === "pushed" ? { ok: true, view } : { ok: false, error: outcome };
};

/** https://docs.slack.dev/reference/methods/views.update */
const update: Method = ({ args, workspace: { views } }) => {
  const id = textOf(args["view_id"]);
  const externalId = textOf(args["external_id"]);
  const meant = (view: View) =>
    id === "" ? externalId !== "" && view.external_id === externalId : view.id === id;
  const found = views.modals.find(meant)?.view;
  if (found === undefined) return { ok: false, error: "not_found" };
  const sent = readView(args["view"], "modal");
  if ("error" in sent) return refuse(sent);
  const refused = clash(args["hash"], found, views.taken(sent.external_id, found.id));
  if (refused !== null) return refused;
  const view = views.changed(found, sent);
  views.modals.change(view);
  return { ok: true, view };
};

/** https://docs.slack.dev/reference/methods/views.publish */
const publish: Method = ({ args, workspace: { team, views } }) => {
  const user = textOf(args["user_id"]);
  if (!team.people.some(({ id }) => id === user)) return { ok: false, error: "user_not_found" };
  const sent = readView(args["view"], "home");
  if ("error" in sent) return refuse(sent);
  const before = views.homeOf(user);
  const taken = views.taken(sent.external_id, before?.id ?? null);
  const refused = before === undefined ? null : clash(args["hash"], before, taken);
  if (refused !== null) return refused;
  const view = before === undefined ? views.make(sent, null) : views.changed(before, sent);
  views.setHome(user, view);
  return { ok: true, view };
};

function clash(hash: unknown, shown: View, taken: boolean): MethodAnswer | null {
  if (taken) return { ok: false, error: "duplicate_external_id" };
  const stale = textOf(hash) !== "" && hash !== shown.hash;
  return stale ? { ok: false, error: "hash_conflict" } : null;
}

function refuse({ error, detail }: ViewRefusal): MethodAnswer {
  return { ok: false, error, response_metadata: { messages: [`[ERROR] ${detail}`] } };
}

export const viewMethods: Record<string, Method> = {
  "views.open": open,
  "views.push": push,
  "views.update": update,
  "views.publish": publish,
};
