import type { Sandbox } from "@countersign/sandbox";
import { expect } from "vitest";
import { findFaults, findViewFaults } from "../blocks/validate.ts";

/** The emulator takes anything; so whatever the bot said in a test is held against Slack's limits at its end. */
export async function expectTakenBySlack({ slack }: Pick<Sandbox, "slack">): Promise<void> {
  const { conversations, ephemerals, homes } = await slack.view();
  const messages = conversations
    .flatMap((conversation) => conversation.messages)
    .flatMap((message) => [message, ...message.replies])
    .filter(({ author }) => author === "Countersign");
  const said = [...messages, ...ephemerals].filter(({ blocks }) => blocks.length > 0);
  for (const { text, blocks } of said) expect(findFaults({ text, blocks }), text).toEqual([]);
  for (const { type, blocks } of Object.values(homes)) {
    expect(findViewFaults({ type, blocks })).toEqual([]);
  }
}
