/** What the sandbox says of itself under `/control`, as far as tests read it. */
export type Message = {
  ts: string;
  text: string;
  editedAt: string | null;
  blocks: Record<string, unknown>[];
  /** By which our bot finds the message again; null on those of others. */
  key: string | null;
  replies: Message[];
};

export type Deal = {
  id: string;
  name: string;
  stageId: string;
  contract: { status: string | null; signedDate: string | null; url: string | null };
};

export type CrmId = "hubspot" | "salesforce";

export type SandboxState = {
  slack: { conversations: { id: string; messages: Message[] }[] };
  crms: { id: CrmId; deals: Deal[] }[];
};

export type Calls = Record<CrmId, CrmCalls> & {
  slack: { method: string; channel: string | null }[];
};

type CrmCalls = {
  calls: { kind: "read" | "write" | "sign-in" }[];
  journal: {
    recordId: string;
    by: string;
    changes: Record<string, { from: unknown; to: unknown }>;
  }[];
};
