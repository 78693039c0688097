import type { Log } from "@countersign/service";
import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from "@slack/bolt";
import type { Reply } from "../asking.ts";
import { answer } from "../commands/answer.ts";
import type { Command } from "../commands/command.ts";
import type { Ports } from "../ports.ts";
import { away } from "./away.ts";
import { inTime } from "./in-time.ts";
import { once } from "./once.ts";
import { askingFrom, CommandOrigin } from "./origin.ts";
import { answerOf, show } from "./show.ts";

/**
 * Answers a slash command with one of `commands`: in the acknowledgement where that is soon enough, else
 * afterwards.
 */
export function onCommand(commands: readonly Command[], ports: Ports, log: Log) {
  return async ({
    command,
    ack,
    respond,
    client,
  }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const asking = askingFrom(CommandOrigin.parse(command), ports.workspaces);
    const answering = once(ports, asking, () => answer(command.text, commands, asking, ports))
      .then(async (reply) => {
        if (reply.kind !== "view") return reply;
        await show(reply, asking, { in: "home" }, client);
        return { kind: "nothing" } satisfies Reply;
      })
      .catch((error: unknown): Reply => {
        log.warn({ error }, "command could not be answered");
        return away;
      });
    const reply = await inTime(answering);
    if (reply === "late") {
      await ack();
      await show(await answering, asking, { in: "conversation", respond }, client);
    } else if (reply.kind === "message" || reply.kind === "replace") await ack(answerOf(reply));
    else await ack();
  };
}
