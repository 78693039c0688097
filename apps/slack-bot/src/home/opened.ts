import { z } from "zod";
import type { EventHandler } from "../events/event.ts";
import { drawOpened } from "./draw-home.ts";

/** https://docs.slack.dev/reference/events/app_home_opened */
const Opened = z.object({ user: z.string(), tab: z.enum(["home", "messages"]).catch("home") });

/** Somebody opened App Home. Its other tab holds our direct messages. */
export const homeOpened: EventHandler = {
  type: "app_home_opened",
  scopes: [],
  async handle({ workspace, given }, ports) {
    const { user, tab } = Opened.parse(given);
    if (tab === "home") await drawOpened(ports, { workspace, userId: user }, 1);
  },
};
