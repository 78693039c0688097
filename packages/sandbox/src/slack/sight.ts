import { namesOf, readConversations, type Conversation } from "./conversations.ts";
import type { Ephemeral } from "./ephemerals.ts";
import { shortcuts } from "./shortcuts.ts";
import type { Person } from "./teams.ts";
import type { View } from "./views/view.ts";
import type { Workspace } from "./workspace.ts";

/** A whole workspace, as the sandbox page shows it. */
export type SlackView = {
  conversations: Conversation[];
  /** People's names by Slack id, for mentions. */
  people: Record<string, string>;
  /** Whom one may act as, in the order in which they are offered. */
  personas: Person[];
  ephemerals: readonly Ephemeral[];
  /** Home tabs by the person they are for. */
  homes: Record<string, View>;
  /** Open modals by person, the one seen last. */
  modals: Record<string, readonly View[]>;
  /** What the app offers on messages and everywhere. */
  shortcuts: typeof shortcuts;
};

export async function viewOf(workspace: Workspace): Promise<SlackView> {
  const { team, ephemerals, views } = workspace;
  return {
    conversations: await readConversations(workspace),
    people: namesOf(team),
    personas: team.people.slice(0, 3),
    ephemerals: ephemerals.all(),
    homes: views.homes(),
    modals: views.modals.all(),
    shortcuts,
  };
}

/** What one person sees: the channels, the direct messages with the bot, what is for them alone. */
export type Sight = {
  channels: Conversation[];
  /** Null before the bot has ever written to them. */
  direct: Conversation | null;
  ephemerals: Ephemeral[];
  home: View | null;
  /** The open modal; null where none is. */
  modal: View | null;
};

export async function sightOf({ id }: Person, workspace: Workspace): Promise<Sight> {
  const conversations = await readConversations(workspace);
  const { ephemerals, views } = workspace;
  return {
    channels: conversations.filter(({ direct }) => !direct),
    direct: conversations.find(({ withUser }) => withUser === id) ?? null,
    ephemerals: ephemerals.all().filter(({ user }) => user === id),
    home: views.homeOf(id) ?? null,
    modal: views.modals.of(id).at(-1) ?? null,
  };
}
