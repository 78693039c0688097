import { amountsFor, cardWith } from "../../acting/card-for.ts";
import { onTarget } from "../../acting/on-target.ts";
import { whyMessage, whyPage } from "../../blocks/why.ts";
import type { WhyLink } from "../../blocks/why-lines.ts";
import type { Command } from "../command.ts";
import { pagingOf, readShowing, showingWords } from "../showing.ts";
import { whyDeliveryOf } from "./deliveries.ts";
import { whyEffectOf } from "./effects.ts";
import { readChain, type Chain } from "./read-why.ts";

/** `/contract why <contract> [--share]`: from what came in to what was done, and what was not. */
export const why: Command = {
  slash: "/contract",
  verb: "why",
  words: "<contract>",
  summary: "how a contract came to be shown as it is, and why something was not told",
  answer(typed, asking, ports) {
    const { words, share, page } = readShowing(typed);
    const meant = { words, verb: "why", rest: showingWords({ share, page: 1 }) };
    return onTarget(ports, asking, meant, async (contract) => {
      const reader = { shared: share };
      const [chain, showsAmounts] = await Promise.all([
        readChain(ports, asking, contract, reader),
        amountsFor(ports, asking, reader),
      ]);
      const { deliveries, effects, facts } = chain;
      const events = new Map(chain.events.map((event) => [event.id, event]));
      const message = whyMessage({
        card: cardWith(ports, facts, showsAmounts),
        deliveries: pageOf(deliveries, page, whyPage.deliveries).map((delivery) =>
          whyDeliveryOf(delivery, contract, events),
        ),
        effects: pageOf(effects, page, whyPage.effects).map((effect) =>
          whyEffectOf(effect, facts.deals, showsAmounts(facts)),
        ),
        counts: { deliveries: deliveries.length, effects: effects.length },
        links: linksOf(chain),
        silences: chain.silences,
        page,
        paging: pagingOf(`why ${contract.id}`, { share, page }, { hasMore: hasMore(chain, page) }),
      });
      return { kind: "message", message, share };
    });
  },
};

function pageOf<Value>(all: readonly Value[], page: number, length: number): Value[] {
  return all.slice((page - 1) * length, page * length);
}

function hasMore({ deliveries, effects }: Chain, page: number): boolean {
  return deliveries.length > page * whyPage.deliveries || effects.length > page * whyPage.effects;
}

function linksOf({ links, facts }: Chain): WhyLink[] {
  return links.map(({ destination: crm, recordId, foundBy, detail }) => {
    const deal = facts.deals.find((one) => one.crm === crm && one.recordId === recordId);
    return { crm, name: deal?.name ?? recordId, foundBy, detail };
  });
}
