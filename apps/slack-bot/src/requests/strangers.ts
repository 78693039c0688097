import { remember } from "../audience/remember.ts";
import { sentenceMessage } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import { judge } from "../slack/errors.ts";
import { commandWords } from "../words/command-words.ts";
import { whereInstalled, type Origin } from "./origin.ts";

/** For somebody of another organization, whatever they asked for. */
export const forOurs = {
  kind: "message",
  message: sentenceMessage(commandWords.forOurs),
} as const;

/** Whether whoever uses the app is of another organization; `workspace` as `Workspaces.keyOf` has it. */
export type IsStranger = (origin: Origin, workspace: string) => Promise<boolean>;

/** How long holds what Slack said of a person or of us, in seconds. */
const holds = 3_600;

/**
 * In a Slack Connect channel people of other organizations can press our buttons. Slack names their team, and is asked
 * only of whom it names by another than ours: in an Enterprise Grid that may be a sister workspace
 * (https://github.com/slackapi/bolt-js/issues/1875). Rejects where Slack cannot be asked.
 */
export function openStrangers(ports: Pick<Ports, "workspaces" | "now">): IsStranger {
  const memory = { seconds: () => holds, now: () => ports.now() };
  const idsOf = remember((name) => askIdsOf(ports, name), memory);
  const ourIds = remember((workspace) => askOurIds(ports, workspace), memory);
  return async (origin, workspace) => {
    const { user, team, enterprise } = whereInstalled(origin);
    const of = user.team_id ?? null;
    if (of === null || given([team?.id, enterprise?.id]).includes(of)) return false;
    const [theirs, ours] = await Promise.all([idsOf(`${workspace} ${user.id}`), ourIds(workspace)]);
    return !theirs.some((id) => ours.includes(id));
  };
}

/** Of the teams and the organization that somebody belongs to; none of a stranger, and of whom Slack does not tell us. */
async function askIdsOf(
  { workspaces }: Pick<Ports, "workspaces">,
  name: string,
): Promise<string[]> {
  const [workspace = "", userId = ""] = name.split(" ");
  const { client } = await workspaces.open(workspace);
  try {
    const { user } = await client.users.info({ user: userId });
    if (user?.is_stranger === true) return [];
    const { enterprise_id, teams = [] } = user?.enterprise_user ?? {};
    return given([user?.team_id, enterprise_id, ...teams]);
  } catch (error) {
    if (judge(error).kind === "permanent") return [];
    throw error;
  }
}

/** Of the team that our token is of, and of its organization. */
async function askOurIds({ workspaces }: Pick<Ports, "workspaces">, workspace: string) {
  const { client } = await workspaces.open(workspace);
  const { team_id, enterprise_id } = await client.auth.test();
  return given([team_id, enterprise_id]);
}

function given(ids: readonly (string | undefined)[]): string[] {
  return ids.filter((id) => id !== undefined);
}
