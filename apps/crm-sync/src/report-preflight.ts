import type { Log } from "@countersign/service";
import { listStuck, tryAgain, type Store } from "@countersign/store";
import type { PreflightPorts } from "./preflight.ts";

/** Contracts that go on when what stopped them is mended, at once; `resync` takes any more. */
const most = 10_000;

/** Says what does not fit, and lets go on what had failed for it as soon as somebody has mended it. */
export function reportPreflight(store: Store, crm: string, log: Log): Omit<PreflightPorts, "now"> {
  const goOn = async (codes: string[]) => {
    const stuck = await listStuck(store, { destination: crm, codes }, most);
    await tryAgain(
      store,
      crm,
      stuck.map(({ contractId }) => contractId),
    );
    log.info({ crm, codes, contracts: stuck.length }, "settings were mended: contracts go on");
  };
  return {
    onFaults(faults, healed) {
      for (const fault of faults) log.warn({ crm, fault }, "setting does not fit");
      if (healed.length === 0) return;
      goOn([...new Set(healed.map(({ code }) => code))]).catch((error: unknown) =>
        log.warn({ crm, error }, "contracts do not go on by themselves: use countersign resync"),
      );
    },
    onError: (error) => log.warn({ crm, error }, "settings could not be checked"),
  };
}
