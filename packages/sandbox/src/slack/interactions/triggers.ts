import type { Team } from "../teams.ts";

/** What an app may open a view for: one act of one person. */
type Trigger = { user: string; viewId: string | null; issuedAt: number; used: boolean };

type TriggerRefusal = "invalid_trigger_id" | "expired_trigger_id" | "exchanged_trigger_id";

export type Triggers = {
  /** `viewId` is the view that the person acted in. */
  issue: (user: string, viewId?: string) => string;
  exchange: (id: string) => Pick<Trigger, "user" | "viewId"> | { refused: TriggerRefusal };
  clear: () => void;
};

/** https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const validForMs = 3_000;

/** Each is good for one exchange within three seconds. */
export function createTriggers(
  team: Team,
  ports: { now: () => Date; newId: () => string },
): Triggers {
  const issued = new Map<string, Trigger>();
  return {
    issue(user, viewId) {
      const issuedAt = ports.now().getTime();
      const id = `${issuedAt}.${team.id.slice(1)}.${ports.newId()}`;
      issued.set(id, { user, viewId: viewId ?? null, issuedAt, used: false });
      return id;
    },
    exchange(id) {
      const trigger = issued.get(id);
      if (trigger === undefined) return { refused: "invalid_trigger_id" };
      if (trigger.used) return { refused: "exchanged_trigger_id" };
      if (ports.now().getTime() - trigger.issuedAt > validForMs)
        return { refused: "expired_trigger_id" };
      trigger.used = true;
      return { user: trigger.user, viewId: trigger.viewId };
    },
    clear: () => issued.clear(),
  };
}
