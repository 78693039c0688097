import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dana } from "@countersign/sandbox";
import { saveSettings } from "@countersign/store";
import { afterAll, beforeEach } from "vitest";
import { rolesWith } from "../../acting/testing/stage.ts";
import { about, contracts, event, general, openScene } from "../../audience/testing/scene.ts";
import type { Hearing } from "../../ports.ts";
import type { SlackRules } from "../rules.ts";
import { task as applyTask } from "../../tasks/apply/index.ts";
import { task as rehearseTask } from "../../tasks/rehearse/index.ts";
import type { TaskTools } from "../../tasks/task.ts";

export const inContracts = { workspace: "", channel: contracts };
export const inGeneral = { workspace: "", channel: general };

type File = {
  hearing?: Partial<Hearing>;
  roles?: SlackRules["roles"];
  stalls?: Partial<SlackRules["stalls"]>;
};

/** What each countersign.yaml says beside the usual; there is no other. */
const files: Record<string, File> = {
  present: {},
  moved: { hearing: { defaultChannel: inGeneral } },
  discreet: { roles: rolesWith("seeAmounts", "admins") },
  direct: { hearing: { directMessages: true } },
  quiet: { hearing: { noise: { messages: 3, minutes: 10 } } },
  patient: { hearing: { directMessages: true }, stalls: { viewedDays: 60 } },
};
export const fileNames = Object.keys(files);

/** The bot, and an admin with several files for it. Each test begins with none but Dana known, and `present` in force. */
export function openOffice() {
  const scene = openScene();
  const folder = mkdtempSync(join(tmpdir(), "countersign-slack-tasks-"));
  const plan = join(folder, "plan.json");
  let inForce = "present";

  function rulesOf(file: string): SlackRules | null {
    const given = files[file];
    if (given === undefined) return null;
    const { ports } = scene();
    const usual = { ...ports.hearing, defaultChannel: inContracts, directMessages: false };
    const hearing = { ...usual, ...given.hearing };
    const stalls = { ...ports.stalls, ...given.stalls };
    const roles = given.roles ?? ports.roles;
    return { ...ports, allowed: [], workspaces: [""], roles, hearing, stalls };
  }

  /** As the file in force has it, started anew. */
  function bot() {
    const { hearing, roles } = rulesOf(inForce) ?? scene().ports;
    return scene({ hearing, roles });
  }

  const tools: TaskTools = {
    store: async () => scene().store,
    rules: async (file = inForce) => rulesOf(file),
    slack: async () => {
      const { ports, channels } = bot();
      return { ports, channels };
    },
    now: () => scene().store.now(),
    sleep: async (milliseconds) => scene().wait(milliseconds / 1_000),
    tell: () => undefined,
  };

  beforeEach(async () => {
    inForce = "present";
    const { store } = scene();
    const tables = ["contracts", "subscriptions", "people", "places", "noise", "quieted"];
    await store.database.query(`truncate effects, ${tables.join(", ")} cascade`);
    await saveSettings(store, danaHere, { quietHours: null, weekends: "as usual" });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  return {
    scene,
    bot,
    rulesOf,
    folder,
    putInForce: (file: string) => void (inForce = file),
    /** Rehearses what the file would say, and keeps it for `apply`. */
    rehearse: async (config: string, since = "1d") => {
      const end = await rehearseTask.run({ config, since }, tools);
      writeFileSync(plan, JSON.stringify(end.data));
      return end;
    },
    apply: (yes = true, from = plan) => applyTask.run({ plan: from, yes }, tools),
    /** A contract that was sent and signed by Ann, told as the file in force has it. */
    signed: async (id: string, title: string, sender: string | null = null) => {
      const described = about(title, sender);
      const amount = { value: 25_000, currency: "USD" };
      const description = { ...described.description, amount };
      await bot().happens(id, { ...described, description }, event("contract.sent"));
      await bot().happens(id, event("recipient.signed", "1"));
    },
    cardsIn: async (channel: string, title: string) =>
      (await scene().seen(channel)).filter(({ text }) => text.includes(title)),
    /** All that rehearsing could touch: our tables, and what Slack was asked and shows. */
    everything: async () => {
      const { store, sandbox } = scene();
      const tables = ["effects", "people", "places", "noise", "followed", "subscriptions"];
      const read = tables.map(async (table) => {
        const { rows } = await store.database.query(`select t::text from ${table} t order by 1`);
        return [table, rows];
      });
      const slack = { calls: sandbox.slack.calls.length, shows: await sandbox.slack.view() };
      return { tables: await Promise.all(read), slack };
    },
  };
}

export const danaHere = { workspace: "", userId: dana.id };
