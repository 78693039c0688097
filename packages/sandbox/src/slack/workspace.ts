import { createEphemerals, type Ephemerals } from "./ephemerals.ts";
import { openEmulation, type Emulation } from "./emulation.ts";
import { createTriggers, type Triggers } from "./interactions/triggers.ts";
import type { Team } from "./teams.ts";
import { createUnfurls, type Unfurls } from "./unfurls.ts";
import { createViews, type Views } from "./views/views.ts";

/** One Slack workspace: what the emulator keeps, and beside it what only the sandbox does. */
export type Workspace = {
  team: Team;
  emulation: Emulation;
  ephemerals: Ephemerals;
  unfurls: Unfurls;
  views: Views;
  triggers: Triggers;
  now: () => Date;
  reset: () => Promise<void>;
  close: () => Promise<void>;
};

export type WorkspacePorts = { now: () => Date; newId: () => string; nextTs: () => string };

export async function openWorkspace(team: Team, ports: WorkspacePorts): Promise<Workspace> {
  const emulation = await openEmulation(team);
  const ephemerals = createEphemerals(ports.nextTs);
  const unfurls = createUnfurls();
  const views = createViews(team, ports);
  const triggers = createTriggers(team, ports);
  return {
    team,
    emulation,
    ephemerals,
    unfurls,
    views,
    triggers,
    now: ports.now,
    async reset() {
      for (const kept of [ephemerals, unfurls, views, triggers]) kept.clear();
      await emulation.reset();
    },
    close: () => emulation.close(),
  };
}
