import { act, suggest, type Act } from "./interactions/act.ts";
import { typeCommand, type CommandOutcome } from "./interactions/command.ts";
import type { Context } from "./interactions/context.ts";
import { openHome } from "./interactions/home.ts";
import { close, submit } from "./interactions/modal.ts";
import type { Outcome } from "./interactions/outcome.ts";
import { say, type Said } from "./interactions/say.ts";
import { useShortcut } from "./interactions/shortcut.ts";
import { channelName } from "./interactions/spot.ts";
import type { Delivered } from "./interactions/event.ts";
import { sightOf, type Sight } from "./sight.ts";
import { channelOf, type Person } from "./teams.ts";
import type { Entries } from "./views/entries.ts";

type Message = { channel: string; ts: string };

/** A person at a Slack client: everything they can do to the bot, and what they see. */
export type Acting = {
  person: Person;
  /** Types a slash command, in `#contracts` unless another channel is named. */
  command: (typed: string, channel?: string) => Promise<CommandOutcome>;
  /** Writes a message; links in it are told to the bot. */
  say: (text: string, channel?: string, threadTs?: string) => Promise<Said>;
  /** Uses a control of a message or view. */
  act: (act: Act) => Promise<Outcome>;
  /** Types into an `external_select`; `answer` are the options that the bot suggests. */
  suggest: (where: Pick<Act, "spot" | "actionId" | "blockId">, typed: string) => Promise<Outcome>;
  /** Submits the open modal: its id, and what is entered by block and action. */
  submit: (viewId: string, entries?: Entries) => Promise<Outcome>;
  close: (viewId: string, all?: boolean) => Promise<Outcome>;
  openHome: () => Promise<Delivered>;
  shortcut: (callbackId: string, on?: Message) => Promise<Outcome>;
  /** Takes an ephemeral message away. */
  dismiss: (ts: string) => void;
  sees: () => Promise<Sight>;
};

export function actAs(person: Person, context: Context, onChange: () => void): Acting {
  const { workspace } = context;
  const contracts = channelOf(workspace.team).id;
  async function changing<Result>(doing: Promise<Result>): Promise<Result> {
    const result = await doing;
    onChange();
    return result;
  }
  return {
    person,
    async command(typed, channel = contracts) {
      const name = await channelName(channel, workspace);
      return changing(typeCommand(typed, person, { id: channel, name }, context));
    },
    say: (text, channel = contracts, threadTs) =>
      changing(say({ text, channel, threadTs: threadTs ?? null }, person, context)),
    act: (given) => changing(act(given, person, context)),
    suggest: (where, typed) => suggest(where, typed, person, context),
    submit: (viewId, entries = {}) => changing(submit(viewId, entries, person, context)),
    close: (viewId, all = false) => changing(close(viewId, all, person, context)),
    openHome: () => changing(openHome(person, context)),
    shortcut: (callbackId, on) => changing(useShortcut(callbackId, on ?? null, person, context)),
    dismiss(ts) {
      workspace.ephemerals.remove(ts);
      onChange();
    },
    sees: () => sightOf(person, workspace),
  };
}
