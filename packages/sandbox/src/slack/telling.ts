import type { Context } from "./interactions/context.ts";
import { sendEvent, type Delivered } from "./interactions/event.ts";
import type { Tokens } from "./oauth/tokens.ts";
import type { Part } from "./part.ts";
import { botOf, northgate, teams, type Team } from "./teams.ts";

export type NewChannel = {
  name: string;
  private?: boolean;
  /** Whether the bot is invited. Default yes. */
  withBot?: boolean;
  /** Who makes it. Default the first person of the first workspace. */
  by?: string;
};

/** What happens in a workspace that the bot is told of, though nobody acts on the bot itself. */
export function tellTeam(ports: {
  contextOf: (team: Team) => Promise<Context>;
  tokens: Tokens;
  onWrite: () => void;
}) {
  async function tell(
    event: Part,
    { teamId = northgate.id, repeat = 0 }: { teamId?: string; repeat?: number } = {},
  ): Promise<Delivered> {
    const team = teams.find(({ id }) => id === teamId);
    if (team === undefined) throw new Error(`The sandbox's Slack has no workspace ${teamId}.`);
    return send(event, await ports.contextOf(team), repeat);
  }

  async function addChannel(given: NewChannel): Promise<{ id: string }> {
    const { name, private: hidden = false, withBot = true } = given;
    const by = given.by ?? northgate.people[0]?.id ?? "";
    const team = teams.find(({ people }) => people.some(({ id }) => id === by)) ?? northgate;
    const { workspace } = await ports.contextOf(team);
    const maker = workspace.emulation.asPerson(by);
    const { channel } = await maker.conversations.create({ name, is_private: hidden });
    const id = channel?.id ?? "";
    const others = team.people.map((person) => person.id).filter((one) => one !== by);
    await maker.conversations.invite({ channel: id, users: others.join(",") });
    if (withBot) {
      const user = botOf(team).user_id;
      await maker.conversations.invite({ channel: id, users: user });
      const joined = { type: "member_joined_channel", user, channel: id, inviter: by };
      const kind = { channel_type: hidden ? "G" : "C", team: team.id };
      await tell({ ...joined, ...kind }, { teamId: team.id });
    }
    ports.onWrite();
    return { id };
  }

  async function uninstall(teamId: string = northgate.id): Promise<Delivered[]> {
    const team = teams.find(({ id }) => id === teamId) ?? northgate;
    const organization = ports.tokens.enterpriseOf(team);
    const context = { ...(await ports.contextOf(team)), enterprise: () => organization };
    ports.tokens.uninstall(team);
    const revoked = { type: "tokens_revoked", tokens: { oauth: [], bot: [botOf(team).user_id] } };
    return [await send(revoked, context), await send({ type: "app_uninstalled" }, context)];
  }

  return { tell, addChannel, uninstall };
}

function send(event: Part, context: Context, repeat = 0): Promise<Delivered> {
  return sendEvent({ event_ts: context.nextTs(), ...event }, context, repeat);
}
