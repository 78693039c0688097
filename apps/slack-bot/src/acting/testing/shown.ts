import { dana } from "@countersign/sandbox";
import { expect } from "vitest";
import { z } from "zod";
import { asking, use, type Stage } from "./stage.ts";
import { pageAction } from "../../actions/page/index.ts";
import { pickAction } from "../../actions/pick/index.ts";
import type { Asking, Reply } from "../../asking.ts";
import { buttonsOf, read } from "../../blocks/testing/readable.ts";
import { findAnswerFaults } from "../../blocks/validate.ts";
import { answer } from "../../commands/answer.ts";
import type { Command } from "../../commands/command.ts";
import { commands } from "../../commands/index.ts";

/** What people see of a reply: Slack would take it. */
export type Shown = {
  kind: "message" | "replace";
  /** What is spoken. */
  text: string;
  /** Everything that is shown. */
  all: string;
  /** Whether the whole channel sees it. */
  share: boolean;
  /** What the buttons carry, by what stands on them; of several of one name the last. */
  buttons: Map<string, string>;
};

function shownBy(reply: Reply): Shown {
  if (reply.kind !== "message" && reply.kind !== "replace") {
    throw new Error(`The reply is not a message but a ${reply.kind}.`);
  }
  const { message } = reply;
  expect(findAnswerFaults({ ...message, response_type: "ephemeral" })).toEqual([]);
  const buttons = [...buttonsOf(message)].map(([name, { value }]) => {
    return [name, z.string().catch("").parse(value)] as const;
  });
  return {
    kind: reply.kind,
    text: message.text,
    all: read(message),
    share: reply.kind === "message" && reply.share === true,
    buttons: new Map(buttons),
  };
}

/** What is typed behind `/contract`, by Dana unless it is said. */
export async function type(
  typed: string,
  { ports }: Pick<Stage, "ports">,
  more: Partial<Asking> & { commands?: readonly Command[] } = {},
): Promise<Shown> {
  const { commands: known = commands, ...who } = more;
  return shownBy(await answer(typed, known, asking({ userId: dana.id, ...who }), ports));
}

const actions = { Previous: pageAction, Next: pageAction, "This one": pickAction };

/** Presses a button of what was shown. */
export async function press(
  shown: Shown,
  name: keyof typeof actions,
  { ports }: Pick<Stage, "ports">,
  more: Partial<Asking> = {},
): Promise<Shown> {
  const value = shown.buttons.get(name);
  if (value === undefined) throw new Error(`There is no button “${name}”.`);
  return shownBy(await actions[name].run(use(value), asking(more), ports));
}
