import type { Person } from "../teams.ts";
import type { Context } from "./context.ts";
import { sendEvent, type Delivered } from "./event.ts";

/** Opens the app's home tab: https://docs.slack.dev/reference/events/app_home_opened */
export async function openHome(person: Person, context: Context): Promise<Delivered> {
  const { workspace, nextTs } = context;
  const { channel } = await workspace.emulation
    .asBot()
    .conversations.open({ users: person.id, return_im: true });
  const view = workspace.views.homeOf(person.id);
  const event = {
    type: "app_home_opened",
    user: person.id,
    channel: channel?.id ?? "",
    tab: "home",
    event_ts: nextTs(),
    ...(view === undefined ? {} : { view }),
  };
  return sendEvent(event, context);
}
