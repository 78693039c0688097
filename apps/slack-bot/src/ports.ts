import type { Answer, Contract } from "@countersign/core";
import type { SlackSettings } from "@countersign/service";
import type { Store } from "@countersign/store";
import type { Roles } from "./roles.ts";
import type { PausedBy } from "./slack/pause-memory.ts";
import type { Workspaces } from "./slack/workspaces.ts";

/** What answers to people stand on. */
export type Ports = {
  /** Throws while the database has not been reached. */
  store(): Store;
  now(): Date;
  workspaces: Workspaces;
  sources: Sources;
  roles: Roles;
  /** The CRMs that are configured, with the contract's custom field that names the deal. */
  dealFields: Readonly<Record<string, string>>;
  hearing: Hearing;
  /** Why nothing is posted now, where Slack refuses our credentials; else null. */
  paused(): PausedBy | null;
  stalls: SlackSettings["stalls"];
  workingHours: SlackSettings["workingHours"];
};

/** What is configured of who hears what. */
export type Hearing = {
  /** The channel that hears of everything while it has no subscription of its own; null: there is none. */
  defaultChannel: { workspace: string; channel: string } | null;
  /** A channel with more messages in so many minutes is summed up. */
  noise: { messages: number; minutes: number };
  /** Whether the owner of a contract hears of it by direct message. */
  directMessages: boolean;
};

/** The configured connections to e-signature providers. */
export type Sources = {
  /** As they are configured. */
  names: readonly string[];
  /** The provider's id, such as `docusign`; null where the source is configured no more. */
  providerOf(source: string): { id: string; title: string } | null;
  /** Whether a reminder can be sent through this source at all. */
  canRemind(source: string): boolean;
  /** Has the provider remind everybody whose turn it is. */
  remind(contract: Pick<Contract, "source" | "externalId">): Promise<Answer<null>>;
};
