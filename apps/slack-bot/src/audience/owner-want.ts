import { openStatuses, type Contract, type ContractEvent } from "@countersign/core";
import { momentsOf } from "../contracts/moments.ts";
import type { PersonSettings } from "../people/settings.ts";
import { dmTypeOf, isOwnAction } from "./dm-type.ts";
import type { Want } from "./want.ts";

/** Whose contract it is, as Slack and they themselves have it. */
export type Owner = {
  workspace: string;
  userId: string;
  email: string;
  /** IANA name; null where nobody said. */
  timezone: string | null;
  settings: PersonSettings;
};

/** How old the news of a contract that is over may be to whoever never heard of it, in milliseconds: a week. */
const freshFor = 7 * 86_400_000;

/**
 * What the owner of a contract is to hear of it by direct message. Whoever comes to own contracts that were over
 * long ago hears nothing of them, however many they are; `wasSnoozed`: they asked to be told later.
 */
export function ownerWant(
  owner: Pick<Owner, "email" | "settings">,
  contract: Contract,
  { hasCard, wasSnoozed, now }: { hasCard: boolean; wasSnoozed: boolean; now: Date },
): Want {
  const { dm, ownActions } = owner.settings;
  const isLate = !openStatuses.has(contract.status) && !hasCard && !wasSnoozed;
  return {
    card: true,
    lines: "thread",
    digest: false,
    tells(event) {
      const type = dmTypeOf(event.type);
      return (
        type !== null && dm[type] && (ownActions || !isOwnAction(event, contract, owner.email))
      );
    },
    // The card comes with the first thing that they want to hear of.
    tellsAll: false,
    since: isLate ? new Date(now.getTime() - freshFor) : null,
  };
}

/** Whether there is something to be told that was not told yet. */
export function hasNews(
  tells: (event: ContractEvent) => boolean,
  contract: Contract,
  events: ContractEvent[],
  announced: ReadonlySet<string>,
): boolean {
  return momentsOf(contract, events).some(
    ({ event, covers }) => tells(event) && !covers.some((id) => announced.has(id)),
  );
}
