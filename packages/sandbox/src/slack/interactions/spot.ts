import { z } from "zod";
import { named } from "../named.ts";
import { partSchema, partsOf, textOf, type Part } from "../part.ts";
import type { Person } from "../teams.ts";
import type { Values, View } from "../views/view.ts";
import type { Workspace } from "../workspace.ts";
import type { Place } from "./response-urls.ts";

/** A message, or a view by its id; `home` is the person's home tab. */
export const spotSchema = z.union([
  z.object({ channel: z.string(), ts: z.string() }),
  z.object({ view: z.string() }),
]);
export type Spot = z.output<typeof spotSchema>;

/** What a person has in front of them when they use a control. */
export type Surface = {
  blocks: Part[];
  /** What has been entered there before. */
  values: Values;
  /** How the payload tells of it. */
  tell: (values: Values) => Part;
  keep: (values: Values) => void;
  viewId: string | null;
  /** For a response_url; views have none. */
  place: Place | null;
};

/** The surface at a spot as the person sees it; null where there is none. */
export async function lookAt(
  spot: Spot,
  person: Person,
  workspace: Workspace,
): Promise<Surface | null> {
  if ("view" in spot) return viewSurface(spot.view, person, workspace);
  const ephemeral = workspace.ephemerals.find(person.id, spot.ts);
  const channel = { id: spot.channel, name: await channelName(spot.channel, workspace) };
  if (ephemeral !== undefined)
    return messageSurface({ ...spot, ...ephemeral, channel, message: null }, person, workspace);
  const message = await readMessage(spot, workspace);
  if (message === null) return null;
  const threadTs = textOf(message["thread_ts"]) || null;
  const blocks = partsOf(message["blocks"]);
  return messageSurface({ ...spot, blocks, threadTs, channel, message }, person, workspace);
}

function viewSurface(id: string, person: Person, { views }: Workspace): Surface | null {
  if (id === "home") {
    const home = views.homeOf(person.id);
    if (home === undefined) return null;
    const keep = (values: Values) => views.setHome(person.id, { ...home, state: { values } });
    return surfaceOf(home, keep);
  }
  const view = views.modals.of(person.id).at(-1);
  if (view?.id !== id) return null;
  return surfaceOf(view, (values) => views.modals.enter(view.id, values));
}

function surfaceOf(view: View, keep: Surface["keep"]): Surface {
  return {
    blocks: view.blocks,
    values: view.state.values,
    tell: (values) => ({
      container: { type: "view", view_id: view.id },
      view: { ...view, state: { values } },
    }),
    keep,
    viewId: view.id,
    place: null,
  };
}

type Shown = {
  ts: string;
  channel: Part & { id: string };
  blocks: Part[];
  threadTs: string | null;
  message: Part | null;
};

/** Slack does not send an ephemeral message back with what is done in it: there `message` is null. */
function messageSurface(
  { ts, channel, blocks, threadTs, message }: Shown,
  person: Person,
  { team }: Workspace,
): Surface {
  const ephemeral = message === null;
  const container = {
    type: "message",
    message_ts: ts,
    channel_id: channel.id,
    is_ephemeral: ephemeral,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
  };
  return {
    blocks,
    values: {},
    tell: (values) => ({
      container,
      channel,
      state: { values },
      ...(ephemeral ? {} : { message }),
    }),
    keep: () => undefined,
    viewId: null,
    place: {
      teamId: team.id,
      channel: channel.id,
      user: person.id,
      source: { ts, ephemeral, threadTs },
    },
  };
}

/** A message as Slack tells of it, every block and control of it with a name. */
export async function readMessage(
  { channel, ts }: { channel: string; ts: string },
  { emulation, team }: Workspace,
): Promise<Part | null> {
  const client = emulation.asBot();
  const thread = await client.conversations
    .replies({ channel, ts, include_all_metadata: true })
    .catch(() => null);
  const messages = z.array(partSchema).safeParse(thread?.messages);
  const found = messages.data?.find((message) => message["ts"] === ts);
  if (found === undefined) return null;
  return { ...found, team: team.id, blocks: named(partsOf(found["blocks"])) };
}

/** A channel's name as payloads carry it. */
export async function channelName(channel: string, { emulation }: Workspace): Promise<string> {
  if (channel.startsWith("D")) return "directmessage";
  const found = await emulation
    .asBot()
    .conversations.info({ channel })
    .catch(() => null);
  return found?.channel?.name ?? "privategroup";
}
