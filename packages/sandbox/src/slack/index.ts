import type { Router } from "express";
import { readConversations, type SlackView } from "./conversations.ts";
import { createFaultProxy } from "./fault-proxy.ts";
import type { SlackCall, SlackFault } from "./fault.ts";
import { takeTurns } from "./tokens.ts";
import { connect, openWorkspace } from "./workspace.ts";

export type SlackFake = {
  router: Router;
  calls: readonly SlackCall[];
  /** Adds a fault; several are used up in the order they were set. */
  setFault: (fault: SlackFault) => void;
  /** Faults not used up yet. */
  faults: () => readonly SlackFault[];
  clearFaults: () => void;
  /** What the bot and the channel's people see now. */
  view: () => Promise<SlackView>;
  reset: () => Promise<void>;
  close: () => Promise<void>;
};

/** Slack as the apps meet it: a real emulator behind a proxy that can misbehave. */
export async function openSlack(options: { now(): Date; onWrite: () => void }): Promise<SlackFake> {
  const workspace = await openWorkspace();
  const proxy = createFaultProxy({ apiUrl: workspace.apiUrl, ...options });
  const readers = takeTurns();
  return {
    router: proxy.router,
    calls: proxy.calls,
    setFault: proxy.setFault,
    faults: proxy.faults,
    clearFaults: proxy.clearFaults,
    view: () => readConversations(connect(readers(), workspace.apiUrl)),
    async reset() {
      proxy.reset();
      await workspace.reset();
      options.onWrite();
    },
    close: workspace.close,
  };
}
