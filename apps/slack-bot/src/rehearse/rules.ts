import { digestOf } from "@countersign/core";
import type { Ports } from "../ports.ts";

/** What a countersign.yaml says of who hears what in Slack, and how. */
export type SlackRules = Pick<
  Ports,
  "hearing" | "roles" | "dealFields" | "sources" | "stalls" | "workingHours"
> & {
  /** Ids of the workspaces that may install the app by OAuth; empty where there is one by token. */
  allowed: readonly string[];
  /** The keys of those that have it. */
  workspaces: readonly string[];
};

/** The same for rules that say the same, whoever has the app installed. */
export function digestOfRules(rules: SlackRules): string {
  const { hearing, roles, allowed } = rules;
  return digestOf(JSON.stringify([hearing, roles, allowed, ofNudges(rules)]));
}

/** Whether stalls are nudged of alike. */
export function nudgeAlike(one: SlackRules | null, other: SlackRules | null): boolean {
  const [a, b] = [one, other].map((rules) => rules && JSON.stringify(ofNudges(rules)));
  return a === b;
}

function ofNudges({ hearing, sources, dealFields, stalls, workingHours }: SlackRules) {
  const named = sources.names.map((name) => [
    name,
    sources.providerOf(name),
    sources.canRemind(name),
  ]);
  return [hearing.directMessages, named, dealFields, stalls, workingHours];
}
