import { textOf, type Part } from "../part.ts";
import { botOf, handleOf, type Person, type Team } from "../teams.ts";
import type { Method } from "../method.ts";

/** https://docs.slack.dev/reference/methods/users.info */
const info: Method = ({ args, workspace: { team, now } }) => {
  const user = usersOf(team, now()).find(({ id }) => id === args["user"]);
  return user === undefined ? { ok: false, error: "user_not_found" } : { ok: true, user };
};

/** https://docs.slack.dev/reference/methods/users.lookupByEmail */
const lookupByEmail: Method = ({ args, workspace: { team, now } }) => {
  const email = textOf(args["email"]).toLowerCase();
  const person = team.people.find((one) => one.email.toLowerCase() === email);
  if (person === undefined) return { ok: false, error: "users_not_found" };
  return { ok: true, user: toUser(person, team, now()) };
};

const list: Method = ({ workspace: { team, now } }) => ({
  ok: true,
  members: usersOf(team, now()),
  response_metadata: { next_cursor: "" },
});

const teamInfo: Method = ({ workspace: { team } }) => ({
  ok: true,
  team: { id: team.id, name: team.name, domain: team.domain, email_domain: "", icon: {} },
});

function usersOf(team: Team, now: Date): Part[] {
  const { user_id: id, name } = botOf(team);
  const bot = {
    ...account(id, name, "Countersign", team),
    is_bot: true,
    profile: { real_name: "Countersign", display_name: name },
  };
  return [...team.people.map((person) => toUser(person, team, now)), bot];
}

function toUser(person: Person, team: Team, now: Date): Part {
  const { id, name, email, zone, admin } = person;
  return {
    ...account(id, handleOf(person), name, team),
    is_bot: false,
    is_admin: admin,
    is_owner: admin,
    tz: zone,
    tz_label: labelOf(zone, now),
    tz_offset: offsetOf(zone, now),
    profile: { real_name: name, display_name: name, email, image_48: "", team: team.id },
  };
}

function account(id: string, name: string, realName: string, team: Team): Part {
  return { id, team_id: team.id, name, real_name: realName, deleted: false, is_restricted: false };
}

/** Seconds east of UTC at that moment. */
export function offsetOf(zone: string, now: Date): number {
  const sign = partOf(zone, now, "longOffset");
  const [, side, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(sign) ?? [];
  const seconds = Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
  return side === "-" ? -seconds : seconds;
}

function labelOf(zone: string, now: Date): string {
  return partOf(zone, now, "long");
}

function partOf(timeZone: string, now: Date, timeZoneName: "long" | "longOffset"): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName }).formatToParts(now);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

export const peopleMethods: Record<string, Method> = {
  "users.info": info,
  "users.lookupByEmail": lookupByEmail,
  "users.list": list,
  "team.info": teamInfo,
};
