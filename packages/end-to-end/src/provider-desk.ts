import type { Stack } from "./stack.ts";

/** A contract at the sandbox's e-signature side, as far as tests read it. */
export type DeskContract = {
  id: string;
  status: string;
  fields: Record<string, string>;
  signers: { name: string; email: string; status: string }[];
};

export type Draft = {
  title: string;
  signers?: { name: string; email: string; order?: number }[];
  hubspotDealId?: string;
  salesforceOpportunityId?: string;
};

type Act =
  | { kind: "view" | "sign" | "decline"; signer: string; reason?: string }
  | { kind: "void" | "expire"; reason?: string };

const twoSigners = [
  { name: "Ken Ito", email: "ken.ito@example.com", order: 1 },
  { name: "Ruth Abel", email: "ruth.abel@example.com", order: 2 },
];

/** A person at the sandbox's e-signature side: sends contracts and signs them. Webhooks follow by themselves. */
export function deskOf(stack: Stack, provider = "docusign") {
  const at = `http://127.0.0.1:${stack.ports.sandbox}/providers/${provider}`;
  async function post<Answer = DeskContract>(path: string, body: object): Promise<Answer> {
    const response = await fetch(`${at}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${text}`);
    const answer: Answer = JSON.parse(text);
    return answer;
  }
  return {
    send: ({ signers = twoSigners, ...draft }: Draft) => post("/contracts", { signers, ...draft }),
    /** Webhooks are lost from now on, or not any more. */
    loseWebhooks: (lost: boolean) => post<unknown>("/chaos", { drop: lost ? 1 : 0 }),
    /** Null where there is no such contract. */
    async read(id: string): Promise<DeskContract | null> {
      const { contracts }: { contracts: DeskContract[] } = JSON.parse(
        await (await fetch(at)).text(),
      );
      return contracts.find((one) => one.id === id) ?? null;
    },
    act: ({ id }: Pick<DeskContract, "id">, act: Act) => post(`/contracts/${id}/steps`, act),
  };
}
