export { contractsChannel, dana, mara, noor, northgate, southgate } from "./slack/teams.ts";
export { oauthClients } from "./slack/oauth/client.ts";
export type {
  Attached,
  Call,
  CrmFake,
  DealEdit,
  DealStage,
  DealView,
  Fault,
  FieldValue,
  JournalEntry,
} from "./crm-fake.ts";
export { createVendorRouter } from "./providers/vendor-router.ts";
export { sandboxEnvironment, variablePrefix, type SandboxPorts } from "./environment.ts";
export { startSandbox, type Sandbox, type SandboxOptions } from "./sandbox.ts";
export type { SlackCall, SlackFault } from "./slack/fault.ts";
export type { Acting } from "./slack/acting.ts";
export type { SlackFake } from "./slack/index.ts";
export type { Outcome } from "./slack/interactions/outcome.ts";
export type { Sight } from "./slack/sight.ts";
export { createHubspot } from "./hubspot/hubspot.ts";
export { createSalesforce } from "./salesforce/salesforce.ts";
