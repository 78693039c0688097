import type { Request, Response } from "express";
import { textOf } from "../part.ts";
import { southgate, southgateGroup, teams, type Team } from "../teams.ts";
import { clientById } from "./client.ts";
import type { Codes } from "./codes.ts";

/**
 * The page on which a person lets our app into a workspace: https://docs.slack.dev/authentication/installing-with-oauth.
 * With `team` in the address it is allowed at once and sends the person back; without, the workspace is asked for.
 * `org` installs for Southgate's whole organization, `deny` refuses, `user` names who allows it.
 */
export function authorize(request: Request, response: Response, codes: Codes): void {
  const given = new URL(request.originalUrl, "http://sandbox").searchParams;
  const client = clientById(given.get("client_id"));
  const back = redirectOf(given.get("redirect_uri"));
  if (client === undefined) return refuse(response, "Slack knows no app with this client_id.");
  if (back === null) return refuse(response, "The redirect_uri must be an address.");
  const team = teams.find(({ id }) => id === given.get("team"));
  if (team === undefined) return void response.type("html").send(askForTeam(request.originalUrl));
  const state = given.get("state");
  if (state !== null) back.searchParams.set("state", state);
  if (given.get("deny") !== null) back.searchParams.set("error", "access_denied");
  else {
    const installer = installerOf(team, given.get("user"));
    const scope = textOf(given.get("scope"));
    const enterprise = team.id === southgate.id && given.has("org") ? southgateGroup : null;
    const grant = { team, enterprise, installer, scope, rotates: client.rotates };
    const redirectUri = textOf(given.get("redirect_uri"));
    const { clientId } = client;
    back.searchParams.set("code", codes.issue({ grant, clientId, redirectUri }));
  }
  response.redirect(302, back.href);
}

/** The person of the address; else the workspace's admin. */
function installerOf({ people }: Team, asked: string | null): string {
  const person = people.find(({ id }) => id === asked) ?? people.find(({ admin }) => admin);
  return person?.id ?? "";
}

function redirectOf(given: string | null): URL | null {
  if (given === null || !/^https?:/.test(given) || !URL.canParse(given)) return null;
  return new URL(given);
}

function refuse(response: Response, sentence: string): void {
  response
    .status(400)
    .type("html")
    .send(page(`<p>${sentence}</p>`));
}

function askForTeam(address: string): string {
  const href = (more: string) => escape(`${address}&${more}`);
  const choices = teams.map(
    ({ id, name }) =>
      `<li><a href="${href(`team=${id}`)}">Allow in ${name}</a> · <a href="${href(`team=${id}&deny=1`)}">Cancel</a></li>`,
  );
  return page(`<p>Countersign asks to be let into a workspace.</p><ul>${choices.join("")}</ul>`);
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Slack</title><link rel="stylesheet" href="/page/layout.css"><main>${body}</main></html>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
