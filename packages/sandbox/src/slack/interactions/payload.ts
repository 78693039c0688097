import type { Part } from "../part.ts";
import { appId, botOf, handleOf, type Enterprise, type Person, type Team } from "../teams.ts";

/** Slack still sends the token that came before signatures. */
const verificationToken = "sandbox-verification-token";

type Scene = { workspace: { team: Team }; enterprise: () => Enterprise | null };

/** What every interaction says of who acts where: https://docs.slack.dev/reference/interaction-payloads */
export function signedBy(person: Person, { workspace: { team }, enterprise }: Scene): Part {
  const organization = enterprise();
  return {
    user: { id: person.id, username: handleOf(person), name: handleOf(person), team_id: team.id },
    team: { id: team.id, domain: team.domain, ...enterpriseFields(organization) },
    api_app_id: appId,
    token: verificationToken,
    enterprise: organization,
    is_enterprise_install: organization !== null,
  };
}

function enterpriseFields(organization: Enterprise | null): Record<string, string> {
  if (organization === null) return {};
  return { enterprise_id: organization.id, enterprise_name: organization.name };
}

/** https://docs.slack.dev/apis/events-api#event-type-structure */
export function eventOf(
  event: Part,
  { workspace: { team }, enterprise }: Scene,
  id: string,
  now: Date,
): Part {
  const organization = enterprise();
  const bot = botOf(team).user_id;
  return {
    token: verificationToken,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: organization?.id ?? null,
    ...enterpriseFields(organization),
    api_app_id: appId,
    event,
    type: "event_callback",
    event_id: `Ev${id}`,
    event_time: Math.floor(now.getTime() / 1000),
    authed_users: [bot],
    authorizations: [
      {
        enterprise_id: organization?.id ?? null,
        team_id: organization === null ? team.id : null,
        user_id: bot,
        is_bot: true,
        is_enterprise_install: organization !== null,
      },
    ],
    is_ext_shared_channel: false,
  };
}

/** A slash command's form: https://docs.slack.dev/interactivity/implementing-slash-commands */
export function commandOf(
  typed: string,
  person: Person,
  { workspace: { team }, enterprise }: Scene,
  channel: { id: string; name: string },
): Record<string, string> {
  const [command = "", ...words] = typed.trim().split(" ");
  return {
    token: verificationToken,
    command,
    text: escapeMentions(words.join(" "), team),
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel.id,
    channel_name: channel.name,
    user_id: person.id,
    user_name: handleOf(person),
    api_app_id: appId,
    ...enterpriseFields(enterprise()),
    is_enterprise_install: String(enterprise() !== null),
  };
}

/** `@mara` or `@mara.lindqvist` as Slack hands it on where the manifest says `should_escape`. */
function escapeMentions(typed: string, { people }: Team): string {
  return typed.replaceAll(/(?<=^|[\s,:])@([\w.-]+)/g, (whole, name: string) => {
    const wanted = name.toLowerCase();
    const person = people.find(
      (one) => handleOf(one) === wanted || handleOf(one).split(".")[0] === wanted,
    );
    return person === undefined ? whole : `<@${person.id}|${handleOf(person)}>`;
  });
}
