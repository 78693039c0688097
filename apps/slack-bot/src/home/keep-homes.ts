import { forgetHomeTabs, releaseHomeTab, takeStaleHomeTabs } from "@countersign/store";
import type { Ports } from "../ports.ts";
import { redraw } from "./draw-home.ts";

/** Slack does not say when a tab is closed: one that was opened so long ago is not drawn again. In milliseconds. */
const openFor = 10 * 60_000;

/** How many tabs are drawn again at a time. */
const most = 20;

/** How long it is known what was drawn. */
const keptFor = 24 * 3_600_000;

/**
 * Draws the home tabs that were opened lately again where what they show has changed. Of several processes,
 * one draws each. Rejects where the database is away; `onError` hears of a tab that could not be drawn.
 */
export async function redrawStale(
  ports: Ports,
  onError: (error: unknown) => void,
): Promise<number> {
  const store = ports.store();
  const openedSince = new Date(store.now().getTime() - openFor);
  const tabs = await takeStaleHomeTabs(store, openedSince, most);
  await Promise.all(
    tabs.map(async (tab) => {
      try {
        await redraw(ports, tab);
      } catch (error) {
        await releaseHomeTab(store, tab).catch(onError);
        onError(error);
      }
    }),
  );
  return tabs.length;
}

/** Keeps home tabs true while people look at them: looks every `everyMs`. Stops once nothing is being drawn. */
export function keepHomes(
  ports: Ports,
  { everyMs, onError }: { everyMs: number; onError: (error: unknown) => void },
): { stop(): Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  const look = async () => {
    try {
      await redrawStale(ports, onError);
    } catch (error) {
      onError(error);
    }
    if (!isStopped) wait();
  };
  const wait = () => {
    timer = setTimeout(() => void (looking = look()), everyMs);
  };
  wait();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/** Forgets home tabs that nobody has opened for a day. */
export async function forgetClosedHomes(ports: Pick<Ports, "store">): Promise<number> {
  const store = ports.store();
  return forgetHomeTabs(store, new Date(store.now().getTime() - keptFor));
}
