import { openChannel, type Channel, type ChannelOptions } from "./channel.ts";
import type { Workspaces } from "./workspaces.ts";

/** Channels and direct messages of every workspace. */
export type Channels = {
  /** Throws CredentialError where the workspace no longer lets us in. */
  of(workspace: string, channelId: string): Promise<Channel>;
  /** The direct messages with a person. Throws as `judge` knows it. */
  withPerson(workspace: string, userId: string): Promise<Channel>;
};

/** How many people's direct messages are remembered. */
const most = 10_000;

export function openChannels(workspaces: Workspaces, options: ChannelOptions): Channels {
  const directMessages = new Map<string, string>();
  const of = async (workspace: string, channelId: string) => {
    const { client } = await workspaces.open(workspace);
    return openChannel(client, channelId, options);
  };
  return {
    of,
    async withPerson(workspace, userId) {
      const name = `${workspace} ${userId}`;
      const known = directMessages.get(name);
      if (known !== undefined) return of(workspace, known);
      const { client } = await workspaces.open(workspace);
      const { channel } = await client.conversations.open({ users: userId });
      if (channel?.id === undefined) throw new Error("Slack opened direct messages without an id.");
      if (directMessages.size >= most) directMessages.clear();
      directMessages.set(name, channel.id);
      return openChannel(client, channel.id, options);
    },
  };
}
