import type { ContractStatus } from "@countersign/core";

export const statusWords: Record<ContractStatus, { emoji: string; word: string }> = {
  draft: { emoji: "📝", word: "Draft" },
  sent: { emoji: "📨", word: "Sent" },
  viewed: { emoji: "👀", word: "Viewed" },
  partially_signed: { emoji: "✍️", word: "Partly signed" },
  completed: { emoji: "✅", word: "Completed" },
  declined: { emoji: "❌", word: "Declined" },
  voided: { emoji: "🚫", word: "Voided" },
  expired: { emoji: "⌛", word: "Expired" },
};
