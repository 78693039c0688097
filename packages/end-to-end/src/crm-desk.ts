import type { CrmId } from "./sandbox-state.ts";
import { readCalls, type Stack } from "./stack.ts";

type Edit = { stageId?: string; name?: string; ownerEmail?: string };

/** The admin of a CRM's account, and people who work in it: the sandbox's switches for them. */
export function crmDeskOf(stack: Stack, crm: CrmId) {
  async function tell(path: string, body: object): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${stack.ports.sandbox}/control/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`);
    return text;
  }
  return {
    /** New open deals; their ids. */
    async addDeals(count: number): Promise<string[]> {
      const { ids }: { ids: string[] } = JSON.parse(await tell(`deals/${crm}`, { count }));
      return ids;
    },
    edit: (id: string, change: Edit) => tell(`deals/${crm}/${id}`, change),
    /** null: the deal can be written again. */
    setFault: (id: string, fault: "refused" | "locked" | null) =>
      tell(`deals/${crm}/${id}/fault`, { fault }),
    /** null: whatever Countersign signs in with is revoked. */
    setSecret: (secret: string | null) => tell(`crms/${crm}/secret`, { secret }),
    /** Another integration user, or key, with every grant but these. */
    replaceUser: (lacking: readonly string[]) => tell(`crms/${crm}/successor`, { lacking }),
    give: (grant: string) => tell(`crms/${crm}/grants`, { grant, given: true }),
    /** null: a new day. */
    leaveCalls: (left: number | null) => tell(`crms/${crm}/daily-calls`, { left }),
    /** What the API has written to the deal, a value each, oldest first. */
    async written(id: string): Promise<[field: string, value: unknown][]> {
      const { journal } = (await readCalls(stack))[crm];
      return journal
        .filter(({ recordId, by }) => recordId === id && by === "api")
        .flatMap(({ changes }) => Object.entries(changes))
        .map(([field, { to }]) => [field, to]);
    },
    /** All that has been written, by whomever. */
    journal: async () => (await readCalls(stack))[crm].journal,
  };
}

export type CrmDesk = ReturnType<typeof crmDeskOf>;
