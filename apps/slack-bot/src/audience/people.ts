import {
  readPeopleByEmail,
  readPerson,
  savePerson,
  type NotedPerson,
  type Person,
} from "@countersign/store";
import { personOf } from "../acting/people.ts";
import { readSettings } from "../people/settings.ts";
import type { Ports } from "../ports.ts";
import { judge } from "../slack/errors.ts";
import { peopleIn, type NamedPerson } from "./name-owner.ts";
import type { Owner } from "./owner-want.ts";
import { remember } from "./remember.ts";
import type { Rule } from "../subscriptions/rule.ts";

/** Who an e-mail address is, in every workspace; `isSure` is false where Slack could not be asked. */
export type Found = { owners: Owner[]; isSure: boolean };

/** People as the audience needs them, so that Slack is not asked for each event. */
export type People = {
  withAddress(email: string): Promise<Found>;
  /** The people whom the rules ask for by their Slack id, with their addresses. */
  named(workspace: string, rules: readonly Rule[]): Promise<NamedPerson[]>;
};

/** How long holds what Slack said of an address or a person, in seconds. Who connects an address counts at once. */
const holds = { found: 3_600, notFound: 600, unsure: 30 };

/** How old what the directory said may be before it is asked again, in milliseconds. */
const directoryHolds = 86_400_000;

type LookedUp = { kind: "found"; userId: string } | { kind: "nobody" } | { kind: "unsure" };

export function openPeople(ports: Ports): People {
  const now = () => ports.now();
  const lookUp = remember(openDirectory(ports), {
    seconds: ({ kind }) =>
      kind === "found" ? holds.found : kind === "nobody" ? holds.notFound : holds.unsure,
    now,
  });
  const addressOf = remember((name) => askAddress(ports, name), {
    seconds: (email) => (email === null ? holds.unsure : holds.notFound),
    now,
  });
  const zoneOf = remember((name) => askZone(ports, name), {
    seconds: (zone) => (zone === null ? holds.unsure : holds.notFound),
    now,
  });
  const workspaces = remember(() => ports.workspaces.all(), { seconds: () => 10, now });
  /** Whoever states an address says nothing of their clock, and people move. */
  async function withZone(noted: NotedPerson): Promise<NotedPerson> {
    if (noted.timezone !== null && isFresh(noted, ports.store().now())) return noted;
    return { ...noted, timezone: (await zoneOf(nameOf(noted))) ?? noted.timezone };
  }

  /** Whose the address is in one workspace: by what is noted here while that is fresh, else by Slack. */
  async function ownerIn(
    workspace: string,
    email: string,
    noted: NotedPerson | undefined,
  ): Promise<Owner | "nobody" | "unsure"> {
    const store = ports.store();
    if (noted?.isStated === true) return ownerOf(await withZone(noted), email);
    if (noted !== undefined && isFresh(noted, store.now())) return ownerOf(noted, email);
    const asked = await lookUp(`${workspace} ${email.toLowerCase()}`);
    if (asked.kind === "unsure" && noted !== undefined) return ownerOf(noted, email);
    if (asked.kind !== "found") return asked.kind;
    const known = { workspace, userId: asked.userId };
    const person = await readPerson(store, known);
    return ownerOf(person ?? { ...known, timezone: null, settings: {} }, email);
  }

  return {
    async withAddress(email) {
      const [everywhere, noted] = await Promise.all([
        workspaces(""),
        readPeopleByEmail(ports.store(), email),
      ]);
      const found = await Promise.all(
        everywhere.map((workspace) =>
          ownerIn(
            workspace,
            email,
            noted.find((person) => person.workspace === workspace),
          ),
        ),
      );
      return {
        owners: found.filter((one) => typeof one === "object"),
        isSure: !found.includes("unsure"),
      };
    },
    async named(workspace, rules) {
      const people = await Promise.all(
        peopleIn(rules).map(async (userId) => {
          const email = await addressOf(nameOf({ workspace, userId }));
          return email === null ? [] : [{ userId, email }];
        }),
      );
      return people.flat();
    },
  };
}

function isFresh({ updatedAt }: NotedPerson, now: Date): boolean {
  return now.getTime() - updatedAt.getTime() < directoryHolds;
}

function nameOf({ workspace, userId }: Pick<Person, "workspace" | "userId">): string {
  return `${workspace} ${userId}`;
}

function ownerOf(
  {
    workspace,
    userId,
    timezone,
    settings,
  }: Pick<Person, "workspace" | "userId" | "timezone" | "settings">,
  email: string,
): Owner {
  return { workspace, userId, email, timezone, settings: readSettings(settings) };
}

/**
 * Asks Slack's directory of a workspace for an address and notes what it says, so that the next look finds it here.
 * Where Slack says when to come back, nobody asks before that: a crowd of new senders would be refused again.
 */
function openDirectory(ports: Ports): (name: string) => Promise<LookedUp> {
  const closed = new Map<string, number>();
  return async (name) => {
    const [workspace = "", email = ""] = name.split(" ");
    if ((closed.get(workspace) ?? 0) > ports.now().getTime()) return { kind: "unsure" };
    try {
      return await askDirectory(ports, workspace, email);
    } catch (error) {
      const verdict = judge(error);
      if (verdict.kind === "later") {
        closed.set(workspace, ports.now().getTime() + verdict.seconds * 1_000);
      }
      // What Slack refuses for good, as for a missing scope, finds nobody; the rest may be found later.
      const isFinal = verdict.kind === "permanent" || verdict.kind === "credentials";
      return { kind: isFinal ? "nobody" : "unsure" };
    }
  };
}

async function askDirectory(ports: Ports, workspace: string, email: string): Promise<LookedUp> {
  const { client } = await ports.workspaces.open(workspace);
  const { user } = await client.users.lookupByEmail({ email });
  if (user?.id === undefined || user.deleted === true || user.is_bot === true) {
    return { kind: "nobody" };
  }
  const person = { workspace, userId: user.id, email, isStated: false, timezone: user.tz ?? null };
  await savePerson(ports.store(), person);
  return { kind: "found", userId: user.id };
}

async function askAddress(ports: Ports, name: string): Promise<string | null> {
  const [workspace = "", userId = ""] = name.split(" ");
  try {
    return (await personOf(ports, { workspace, userId })).email;
  } catch {
    return (await readPerson(ports.store(), { workspace, userId }))?.email ?? null;
  }
}

/** In which zone Slack has somebody who stated their address, which is noted; null where it cannot say. */
async function askZone(ports: Ports, name: string): Promise<string | null> {
  const [workspace = "", userId = ""] = name.split(" ");
  const timezone = await zoneInSlack(ports, workspace, userId);
  if (timezone === null) return null;
  const person = { workspace, userId, email: null, isStated: false, timezone };
  await savePerson(ports.store(), person);
  return timezone;
}

async function zoneInSlack(
  ports: Ports,
  workspace: string,
  userId: string,
): Promise<string | null> {
  try {
    const { client } = await ports.workspaces.open(workspace);
    const { user } = await client.users.info({ user: userId });
    return user?.tz ?? null;
  } catch {
    return null;
  }
}
