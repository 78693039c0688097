import type { Log } from "@countersign/service";
import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from "@slack/bolt";
import { takeRequest } from "@countersign/store";
import type { Asking } from "../asking.ts";
import { sentenceMessage } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import type { Outcome, Submission } from "../views/view.ts";
import { commandWords } from "../words/command-words.ts";
import { away } from "./away.ts";
import { filledIn } from "./filled.ts";
import { inTime } from "./in-time.ts";
import { askingFrom, Origin, whereInstalled } from "./origin.ts";
import { noticeView } from "./show.ts";
import { forOurs, type IsStranger } from "./strangers.ts";

/** The work goes on, and nobody is told how it ends. */
const late = sentenceMessage(commandWords.late);

/** Does what a modal is handed in for. What is to be said takes the modal's place. */
export function onSubmission(
  submissions: readonly Submission[],
  ports: Ports,
  isStranger: IsStranger,
  log: Log,
) {
  const known = new Map(submissions.map((submission) => [submission.id, submission]));
  return async ({
    view,
    body,
    ack,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const submission = known.get(view.callback_id);
    if (submission === undefined) {
      log.warn({ view: view.callback_id }, "a view was handed in that nobody knows");
      await ack();
      return;
    }
    const origin = whereInstalled(Origin.parse(body));
    const asking = askingFrom(origin, ports.workspaces);
    const given = { filled: filledIn(view.state.values), privateMetadata: view.private_metadata };
    const submitting = handIn(asking, ports, async () =>
      (await isStranger(origin, asking.workspace))
        ? { kind: "close", tell: forOurs.message }
        : submission.submit(given, asking, ports),
    ).catch((error: unknown): Outcome => {
      log.warn({ error, view: submission.id }, "a view could not be handed in");
      return { kind: "close", tell: away.message };
    });
    const outcome = await inTime(submitting);
    if (outcome === "late") await ack({ response_action: "update", view: noticeView(late) });
    else if (outcome.kind === "errors") {
      await ack({ response_action: "errors", errors: outcome.errors });
    } else if (outcome.kind === "update") {
      await ack({ response_action: "update", view: outcome.view });
    } else if (outcome.tell === undefined) await ack();
    else await ack({ response_action: "update", view: noticeView(outcome.tell) });
  };
}

async function handIn(
  { requestId }: Asking,
  ports: Ports,
  submit: () => Promise<Outcome>,
): Promise<Outcome> {
  if (!(await takeRequest(ports.store(), requestId))) return { kind: "close" };
  return submit();
}
