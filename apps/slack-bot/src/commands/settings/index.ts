import { readPerson } from "@countersign/store";
import { personOf } from "../../acting/people.ts";
import { readSettings } from "../../people/settings.ts";
import { settingsView } from "../../views/settings/view.ts";
import type { Command } from "../command.ts";

/** `/contract settings`: what I want to hear, and when. */
export const settings: Command = {
  slash: "/contract",
  verb: "settings",
  words: "",
  summary: "choose what you are told, and when",
  async answer(_, asking, ports) {
    const [known, { timezone }] = await Promise.all([
      readPerson(ports.store(), asking),
      personOf(ports, asking),
    ]);
    return { kind: "view", view: settingsView(readSettings(known?.settings ?? {}), timezone) };
  },
};
