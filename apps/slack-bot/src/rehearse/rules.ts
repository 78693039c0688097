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
  const { hearing, roles, dealFields, sources, stalls, workingHours, allowed } = rules;
  const named = sources.names.map((name) => [
    name,
    sources.providerOf(name),
    sources.canRemind(name),
  ]);
  return digestOf(
    JSON.stringify([hearing, roles, dealFields, named, stalls, workingHours, allowed]),
  );
}
