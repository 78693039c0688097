import express, { type Router } from "express";
import { answerSchema, show } from "./interactions/answer.ts";
import type { ResponseUrls } from "./interactions/response-urls.ts";
import { authorize } from "./oauth/authorize.ts";
import type { Codes } from "./oauth/codes.ts";
import type { Workspace } from "./workspace.ts";

/** What Slack serves beside its Web API: the page of an installation, and the addresses for late answers. */
export function createPublicRouter(ports: {
  codes: Codes;
  responseUrls: ResponseUrls;
  workspaceOf: (teamId: string) => Promise<Workspace>;
  onWrite: () => void;
}): Router {
  const router = express.Router();
  router.get("/oauth/v2/authorize", (request, response) =>
    authorize(request, response, ports.codes),
  );
  router.post("/respond/:id", express.json({ type: () => true }), async (request, response) => {
    const place = ports.responseUrls.take(request.params.id);
    if ("refused" in place) {
      response.status(404).json({ ok: false, error: place.refused });
      return;
    }
    const answer = answerSchema.safeParse(request.body);
    if (!answer.success) {
      response.status(400).json({ ok: false, error: "invalid_payload" });
      return;
    }
    await show(answer.data, place, await ports.workspaceOf(place.teamId));
    ports.onWrite();
    response.type("text/plain").send("ok");
  });
  return router;
}
