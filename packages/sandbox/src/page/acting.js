import { ask } from "./api.js";
import { readIn } from "./slack-date.js";

/** @typedef {{ id: string, name: string, role: string, zone: string }} Persona */

/** Whom this page acts as. @type {Persona | undefined} */
let chosen;

export function me() {
  return chosen;
}

/** From now on times are told in this person's zone. @param {Persona} persona */
export function become(persona) {
  chosen = persona;
  readIn(persona.zone);
}

/**
 * Does something in Slack as the chosen person. What is refused is shown, unless `quiet` answers for it.
 * @param {string} what @param {Record<string, unknown>} body @param {(problem: any) => boolean} [quiet]
 */
export function inSlack(what, body, quiet) {
  return ask(`/control/slack/${what}`, { as: chosen?.id, ...body }, quiet);
}
