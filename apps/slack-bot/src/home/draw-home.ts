import { digestOf } from "@countersign/core";
import { openHomeTab, readHomeTab, redrawHomeTab, type HomeTab } from "@countersign/store";
import type { HomeView } from "@slack/types";
import { WebAPIPlatformError } from "@slack/web-api";
import type { Ports } from "../ports.ts";
import { readHome } from "./read-home.ts";
import { homeView } from "./view.ts";

type Whose = Pick<HomeTab, "workspace" | "userId">;

/**
 * Draws the page of a home tab that the person asks for, whatever stood there. What may have been drawn
 * since this was read is drawn again: see `takeStaleHomeTabs`.
 */
export async function drawOpened(ports: Ports, who: Whose, page: number): Promise<void> {
  const store = ports.store();
  const drawnAt = store.now();
  const home = await readHome(ports, who, page);
  const view = homeView(home);
  const hash = await publish(ports, who, view, null);
  const { email } = home;
  await openHomeTab(store, { ...who, email, page: home.page, drawnAt, hash, drawn: printOf(view) });
}

/** Draws an open home tab again where what it shows has changed, unless somebody else has done so meanwhile. */
export async function redraw(ports: Ports, tab: HomeTab): Promise<void> {
  const { workspace, userId } = tab;
  const home = await readHome(ports, tab, tab.page);
  const view = homeView(home);
  const drawn = printOf(view);
  if (drawn === tab.drawn) return;
  const hash = await publish(ports, tab, view, tab.hash).catch(async (error: unknown) => {
    if (!isConflict(error)) throw error;
    const now = await readHomeTab(ports.store(), tab);
    // Nobody of us has drawn it: what we knew of its state was wrong.
    return now?.hash === tab.hash ? publish(ports, tab, view, null) : null;
  });
  if (hash === null) return;
  await redrawHomeTab(ports.store(), { workspace, userId, email: home.email, hash, drawn });
}

/**
 * Publishes the view in place of the one in the state `hash`, or of any, and says in which state it is left
 * (https://docs.slack.dev/reference/methods/views.publish).
 */
async function publish(
  ports: Ports,
  { workspace, userId }: Whose,
  view: HomeView,
  hash: string | null,
): Promise<string | null> {
  const { client } = await ports.workspaces.open(workspace);
  const state = hash === null ? {} : { hash };
  const answer = await client.views.publish({ user_id: userId, view, ...state });
  return answer.view?.hash ?? null;
}

function isConflict(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && error.data.error === "hash_conflict";
}

function printOf(view: HomeView): string {
  return digestOf(JSON.stringify(view));
}
