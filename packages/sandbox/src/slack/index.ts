import { randomBytes } from "node:crypto";
import type { Router } from "express";
import { actAs, type Acting } from "./acting.ts";
import { createFaultProxy } from "./fault-proxy.ts";
import type { SlackCall, SlackFault } from "./fault.ts";
import type { Delivered } from "./interactions/event.ts";
import { createResponseUrls } from "./interactions/response-urls.ts";
import { createCodes } from "./oauth/codes.ts";
import { createTokens } from "./oauth/tokens.ts";
import type { Part } from "./part.ts";
import { createPublicRouter } from "./public-router.ts";
import { serve } from "./serve.ts";
import { viewOf, type SlackView } from "./sight.ts";
import { northgate, teams, type Team } from "./teams.ts";
import { countTimestamps } from "./timestamps.ts";
import { tellTeam, type NewChannel } from "./telling.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export type SlackFake = {
  /** Slack's Web API, to be mounted at `/slack/api`. */
  router: Router;
  /** What Slack has outside its API: response URLs and the OAuth page. To be mounted at `/slack`. */
  publicRouter: Router;
  calls: readonly SlackCall[];
  /** Adds a fault; several are used up in the order they were set. */
  setFault: (fault: SlackFault) => void;
  /** Faults not used up yet. */
  faults: () => readonly SlackFault[];
  clearFaults: () => void;
  /** The first workspace: everything that its people and the bot see now. */
  view: () => Promise<SlackView>;
  /** The same of a workspace by its id. */
  viewOf: (teamId: string) => Promise<SlackView>;
  /** Where requests to the bot go, such as `http://127.0.0.1:3001`. */
  setBot: (url: string) => void;
  /** A person to act as, by Slack id, of whichever workspace. Throws where there is none. */
  person: (id: string) => Promise<Acting>;
  /** Sends an event to the bot; `repeat` sends it so many times more, as retries. */
  tell: (event: Part, options?: { teamId?: string; repeat?: number }) => Promise<Delivered>;
  /** A person makes a channel, and may invite the bot, which is told so. */
  addChannel: (channel: NewChannel) => Promise<{ id: string }>;
  /** A person takes our app out of a workspace: its tokens end, and the bot is told. */
  uninstall: (teamId?: string) => Promise<Delivered[]>;
  /** The workspaces there are, and whether our app has a token in each. */
  teams: () => { id: string; name: string; installed: boolean; people: Team["people"] }[];
  reset: () => Promise<void>;
  close: () => Promise<void>;
};

export type SlackOptions = {
  now: () => Date;
  onWrite: () => void;
  /** Where the bot listens, at first. */
  botUrl?: string;
  /** The sandbox's own address, for response URLs. */
  address?: () => string;
};

/** Slack as the apps meet it: real emulators behind a proxy that can misbehave, and the people who use them. */
export async function openSlack(options: SlackOptions): Promise<SlackFake> {
  const { now, onWrite, address = () => "http://127.0.0.1:9" } = options;
  const nextTs = countTimestamps(now);
  let botUrl = options.botUrl ?? "http://127.0.0.1:3001";
  const bot = { url: () => botUrl, now };
  const codes = createCodes({ now, newId });
  const tokens = createTokens({ now, newId });
  const responseUrls = createResponseUrls({ now, newId, address });
  const suggested = new Map<string, Part[]>();
  const open = new Map<string, Promise<Workspace>>();

  function workspaceOf(team: Team): Promise<Workspace> {
    const opening = open.get(team.id) ?? openWorkspace(team, { now, newId, nextTs });
    open.set(team.id, opening);
    return opening;
  }

  const first = await workspaceOf(northgate);
  const contextOf = async (team: Team) => ({
    workspace: await workspaceOf(team),
    bot,
    responseUrls,
    enterprise: () => tokens.enterpriseOf(team),
    newId,
    nextTs,
    suggested,
  });
  const server = { codes, tokens, workspaceOf };
  const proxy = createFaultProxy({
    serve: (method, request) => serve(method, request, server),
    now,
    onWrite,
  });
  const telling = tellTeam({ contextOf, tokens, onWrite });
  return {
    router: proxy.router,
    publicRouter: createPublicRouter({
      codes,
      responseUrls,
      workspaceOf: async (id) => workspaceOf(teamById(id)),
      onWrite,
    }),
    calls: proxy.calls,
    setFault: proxy.setFault,
    faults: proxy.faults,
    clearFaults: proxy.clearFaults,
    view: () => viewOf(first),
    viewOf: async (id) => viewOf(await workspaceOf(teamById(id))),
    setBot: (url) => void (botUrl = url),
    async person(id) {
      const team = teams.find(({ people }) => people.some((one) => one.id === id));
      const person = team?.people.find((one) => one.id === id);
      if (team === undefined || person === undefined)
        throw new Error(`The sandbox's Slack has no person ${id}.`);
      return actAs(person, await contextOf(team), onWrite);
    },
    ...telling,
    teams: () =>
      teams.map((team) => ({
        id: team.id,
        name: team.name,
        people: team.people,
        installed: tokens.isInstalled(team),
      })),
    async reset() {
      proxy.reset();
      for (const kept of [codes, tokens, responseUrls, suggested]) kept.clear();
      for (const opening of open.values()) await (await opening).reset();
      onWrite();
    },
    async close() {
      for (const opening of open.values()) await (await opening).close();
    },
  };
}

function newId(): string {
  return randomBytes(6).toString("hex").toUpperCase();
}

function teamById(id: string): Team {
  const team = teams.find((one) => one.id === id);
  if (team === undefined) throw new Error(`The sandbox's Slack has no workspace ${id}.`);
  return team;
}
