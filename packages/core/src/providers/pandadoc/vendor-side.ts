import { progressOf, type Step, type VendorSide, type Walk } from "../vendor-side.ts";
import { answer, apiKey } from "./vendor-api.ts";
import { documentOf, recipientOf, timeText } from "./vendor-document.ts";

/** PandaDoc's webhooks and REST API: openapi.yaml v8.8.0 and developers.pandadoc.com/docs/webhook-events. */
export const vendorSide: VendorSide = {
  deliveryBodies(walk, steps) {
    const last = steps.at(-1);
    if (last === undefined) return [];
    return eventsOf(last, walk, steps).map(({ event, data }) =>
      Buffer.from(JSON.stringify([{ event, data: { ...documentOf(walk, steps), ...data } }])),
    );
  },
  access: (baseUrl) => ({ apiKey, baseUrl }),
  answer,
};

type Fired = { event: string; data?: object };

const changed: Fired = { event: "document_state_changed" };

/** The status becomes "viewed" once, so that only the first view of a document is told. */
function eventsOf(last: Step, walk: Walk, steps: readonly Step[]): Fired[] {
  if (last.kind === "signed") return [completion(last, walk, steps)];
  if (last.kind === "completed") return [changed, { event: "document_completed_pdf_ready" }];
  const before = steps
    .slice(0, -1)
    .some((step) => step.kind === "viewed" || step.kind === "signed");
  return last.kind === "viewed" && before ? [] : [changed];
}

function completion(last: Step, walk: Walk, steps: readonly Step[]): Fired {
  const acting = progressOf(walk, steps).recipients.find((one) => one.key === last.recipientKey);
  const data = { action_by: acting && recipientOf(acting), action_date: timeText(last.at) };
  return { event: "recipient_completed", data };
}
