import { cardFor } from "../../acting/card-for.ts";
import { onTarget } from "../../acting/on-target.ts";
import { renderCard } from "../../notifications/render.ts";
import type { Command } from "../command.ts";
import { readShowing, showingWords } from "../showing.ts";

/** `/contract status <contract> [--share]`: its card. */
export const status: Command = {
  slash: "/contract",
  verb: "status",
  words: "<contract>",
  summary: "where a contract stands",
  answer(typed, asking, ports) {
    const { words, share } = readShowing(typed);
    const meant = { words, verb: "status", rest: showingWords({ share, page: 1 }) };
    return onTarget(ports, asking, meant, async (contract) => {
      const card = await cardFor(ports, asking, contract, { shared: share });
      return { kind: "message", message: renderCard(card), share };
    });
  },
};
