import express, { type Response, type Router } from "express";
import { z } from "zod";
import { actSchema } from "./interactions/act.ts";
import type { Outcome } from "./interactions/outcome.ts";
import { spotSchema } from "./interactions/spot.ts";
import type { SlackFake } from "./index.ts";
import { partSchema } from "./part.ts";
import { dana, teams } from "./teams.ts";
import { entriesSchema } from "./views/entries.ts";

const personId = z
  .string()
  .refine(
    (id) => teams.some(({ people }) => people.some((person) => person.id === id)),
    "There is no such person; GET /control/slack/teams lists them.",
  );

/** Who acts: a Slack id; Dana Reyes where none is named. */
const as = personId.default(dana.id);
const teamId = z.enum(teams.map(({ id }) => id));
const uninstallSchema = z.object({ teamId: teamId.exactOptional() });
const message = z.object({ channel: z.string(), ts: z.string() });

const commandSchema = z.object({
  as,
  typed: z.string().regex(/^\/\S/, "Begin with a slash command, such as /contract.").max(1_000),
  channel: z.string().exactOptional(),
});
const saySchema = z.object({
  as,
  text: z.string().min(1).max(4_000),
  channel: z.string().exactOptional(),
  threadTs: z.string().exactOptional(),
});
const suggestSchema = z.object({
  as,
  spot: spotSchema,
  actionId: z.string(),
  blockId: z.string().exactOptional(),
  typed: z.string(),
});
const submitSchema = z.object({ as, entries: entriesSchema.default({}) });
const closeSchema = z.object({ as, all: z.boolean().default(false) });
const shortcutSchema = z.object({ as, callbackId: z.string(), on: message.exactOptional() });
const tellSchema = z.object({
  event: partSchema,
  teamId: teamId.exactOptional(),
  repeat: z.number().int().min(0).max(3).exactOptional(),
});
const channelSchema = z.object({
  name: z.string().regex(/^[a-z0-9_-]{1,80}$/, "Use small letters, digits, - and _."),
  private: z.boolean().exactOptional(),
  withBot: z.boolean().exactOptional(),
  by: personId.exactOptional(),
});

/** What people do in the sandbox's Slack, for tests in other processes and for the page. At `/control/slack`. */
export function createSlackControl(slack: SlackFake): Router {
  const router = express.Router();
  router.get("/teams", (_request, response) => {
    response.json({ teams: slack.teams() });
  });
  router.get("/sees/:id", async (request, response) => {
    response.json(await (await slack.person(personId.parse(request.params.id))).sees());
  });
  router.post("/commands", async (request, response) => {
    const { as, typed, channel } = commandSchema.parse(request.body);
    const outcome = await (await slack.person(as)).command(typed, channel);
    if (outcome.answered) response.json({ ...outcome.answer, ms: outcome.ms });
    else response.status(502).json({ error: outcome.reason });
  });
  router.post("/messages", async (request, response) => {
    const { as, text, channel, threadTs } = saySchema.parse(request.body);
    response.json(await (await slack.person(as)).say(text, channel, threadTs));
  });
  router.post("/actions", async (request, response) => {
    const given = z.object({ as }).and(actSchema).parse(request.body);
    reply(response, await (await slack.person(given.as)).act(given));
  });
  router.post("/options", async (request, response) => {
    const { as, typed, ...where } = suggestSchema.parse(request.body);
    reply(response, await (await slack.person(as)).suggest(where, typed));
  });
  router.post("/views/:view/submit", async (request, response) => {
    const { as, entries } = submitSchema.parse(request.body);
    reply(response, await (await slack.person(as)).submit(request.params.view, entries));
  });
  router.post("/views/:view/close", async (request, response) => {
    const { as, all } = closeSchema.parse(request.body);
    reply(response, await (await slack.person(as)).close(request.params.view, all));
  });
  router.post("/home", async (request, response) => {
    const { as: id } = z.object({ as }).parse(request.body);
    response.json(await (await slack.person(id)).openHome());
  });
  router.post("/shortcuts", async (request, response) => {
    const { as, callbackId, on } = shortcutSchema.parse(request.body);
    reply(response, await (await slack.person(as)).shortcut(callbackId, on));
  });
  router.post("/dismiss", async (request, response) => {
    const { as: id, ts } = z.object({ as, ts: z.string() }).parse(request.body);
    (await slack.person(id)).dismiss(ts);
    response.json({ ok: true });
  });
  router.post("/events", async (request, response) => {
    const { event, ...how } = tellSchema.parse(request.body);
    response.json(await slack.tell(event, how));
  });
  router.post("/channels", async (request, response) => {
    response.status(201).json(await slack.addChannel(channelSchema.parse(request.body)));
  });
  router.post("/uninstall", async (request, response) => {
    const { teamId } = uninstallSchema.parse(request.body);
    response.json(await slack.uninstall(teamId));
  });
  return router;
}

/** What a person cannot do is answered 409, with the sentence and what is wrong with which block. */
function reply(response: Response, outcome: Outcome): void {
  if (outcome.done) response.json(outcome);
  else response.status(409).json({ ...outcome, error: outcome.reason });
}
