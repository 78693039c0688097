import type { Message } from "./sandbox-state.ts";
import type { Stack } from "./stack.ts";

/** What one person sees in the sandbox's Slack, as far as tests read it. */
export type Sight = {
  channels: { id: string; messages: Message[] }[];
  /** Their direct messages with the bot; null before it has ever written to them. */
  direct: { id: string; messages: Message[] } | null;
  ephemerals: { channel: string; ts: string; text: string; blocks: unknown[] }[];
  modal: { id: string; blocks: unknown[] } | null;
  home: { blocks: unknown[] } | null;
};

type Spot = { channel: string; ts: string } | { view: string };

/** The sandbox's people by their Slack ids. */
export const people = { dana: "U000000001", mara: "U000000002", noor: "U000000003" } as const;

/** A person at Slack, who uses the bot through the sandbox as Slack would let them. */
export function personAt(stack: Stack, as: string) {
  const at = `http://127.0.0.1:${stack.ports.sandbox}/control/slack`;
  async function ask<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${at}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify({ as, ...body }) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`);
    const answer: Answer = JSON.parse(text);
    return answer;
  }
  const sees = () => ask<Sight>(`/sees/${as}`);
  return {
    sees,
    /** Types a slash command in the contracts' channel or another; what is said to it, and how soon. */
    command: (typed: string, channel?: string) =>
      ask<{ text: string; blocks: unknown[]; ms: number }>("/commands", { typed, channel }),
    act: (spot: Spot, actionId: string, value?: string) =>
      ask("/actions", { spot, actionId, ...(value === undefined ? {} : { value }) }),
    submit: async (entries: Record<string, Record<string, unknown>> = {}) => {
      const { modal } = await sees();
      if (modal === null) throw new Error("No modal is open.");
      return ask(`/views/${modal.id}/submit`, { entries });
    },
    shortcut: (callbackId: string, on?: { channel: string; ts: string }) =>
      ask("/shortcuts", { callbackId, ...(on === undefined ? {} : { on }) }),
    openHome: () => ask("/home", {}),
    say: (text: string, channel?: string) => ask("/messages", { text, channel }),
  };
}

export type SlackPerson = ReturnType<typeof personAt>;
