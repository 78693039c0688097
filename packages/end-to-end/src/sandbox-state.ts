/** What the sandbox says of itself under `/control`, as far as tests read it. */
export type Message = {
  ts: string;
  text: string;
  editedAt: string | null;
  blocks: Record<string, unknown>[];
  replies: Message[];
};

export type Deal = {
  id: string;
  stageId: string;
  contract: { status: string | null; signedDate: string | null; url: string | null };
};

export type SandboxState = {
  slack: { conversations: { id: string; messages: Message[] }[] };
  crms: { id: "hubspot" | "salesforce"; deals: Deal[] }[];
};

export type Calls = {
  slack: { method: string; channel: string | null }[];
  hubspot: CrmCalls;
  salesforce: CrmCalls;
};

type CrmCalls = {
  calls: { kind: "read" | "write" | "sign-in" }[];
  journal: {
    recordId: string;
    by: string;
    changes: Record<string, { from: unknown; to: unknown }>;
  }[];
};
