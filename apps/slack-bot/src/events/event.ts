import { z } from "zod";
import { takeRequest } from "@countersign/store";
import type { Ports } from "../ports.ts";
import type { Workspaces } from "../slack/workspaces.ts";

/** Something that happened in Slack (https://docs.slack.dev/apis/events-api#event-type-structure). */
export type SlackEvent = {
  /** Slack's id; the same when it is sent again. */
  id: string;
  /** As `Workspaces.keyOf` has it. */
  workspace: string;
  /** It happened in a channel that people of another organization see too. */
  isShared: boolean;
  /** What Slack says of this type of event. */
  given: unknown;
};

/** What happens when Slack tells of an event of this type. */
export type EventHandler = {
  type: string;
  /** The bot scopes without which Slack does not tell of it, or it cannot be acted on. */
  scopes: readonly string[];
  handle(event: SlackEvent, ports: Ports): Promise<void>;
};

const Envelope = z.object({
  event_id: z.string(),
  team_id: z.string().nullish(),
  enterprise_id: z.string().nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
  authorizations: z.array(z.object({ is_enterprise_install: z.boolean().nullish() })).nullish(),
  event: z.unknown(),
});

/** Reads what Slack sends around an event. */
export function readEvent(
  body: unknown,
  { workspaces }: { workspaces: Pick<Workspaces, "keyOf"> },
): SlackEvent {
  const envelope = Envelope.parse(body);
  const workspace = workspaces.keyOf({
    teamId: envelope.team_id ?? null,
    enterpriseId: envelope.enterprise_id ?? null,
    isOrgWide: envelope.authorizations?.[0]?.is_enterprise_install === true,
  });
  return {
    id: envelope.event_id,
    workspace,
    isShared: envelope.is_ext_shared_channel === true,
    given: envelope.event,
  };
}

/** Has it handled once, however often Slack sends it and to whichever process. */
export async function takeEvent(
  event: SlackEvent,
  handler: EventHandler,
  ports: Ports,
): Promise<"handled" | "repeated"> {
  if (!(await takeRequest(ports.store(), `slack/event/${event.id}`))) return "repeated";
  await handler.handle(event, ports);
  return "handled";
}
