import { inSlack } from "./acting.js";

/** @typedef {import("../slack/sight.ts").SlackView} SlackView */
/** @typedef {{ channel: string, ts: string } | { view: string }} Spot */

/**
 * What makes the controls of a message or view work, for the person chosen. `entries` reads what else has been
 * entered there.
 * @param {SlackView} view @param {Spot} spot @param {() => Record<string, unknown>} [entries]
 * @returns {import("./elements.js").Surroundings}
 */
export function surroundings(view, spot, entries = () => ({})) {
  const channels = view.conversations.filter(({ direct }) => !direct);
  return {
    people: view.people,
    channels: Object.fromEntries(channels.map(({ id, name }) => [id, `# ${name}`])),
    scope: "ts" in spot ? spot.ts : spot.view,
    use: (used) => void inSlack("actions", { spot, entries: entries(), ...used }),
    async suggest(where, typed) {
      const outcome = await inSlack("options", { spot, typed, ...where });
      return outcome?.answer ?? [];
    },
  };
}
