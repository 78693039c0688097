export {
  contractIdOf,
  endingTypes,
  eventTypes,
  samenessOf,
  toEvent,
  vias,
  type ContractDescription,
  type ContractEvent,
  type EventType,
  type RecipientDescription,
  type ReportedFact,
  type Via,
} from "./contract-event.ts";
export {
  contractStatuses,
  fold,
  openStatuses,
  type Contract,
  type ContractStatus,
} from "./contract.ts";
export { digestOf, type Json } from "./digest.ts";
export { byTime } from "./event-order.ts";
export { faultPoints, type FaultPoint } from "./fault-points.ts";
export { cutFiles, restoreFiles, type InlinedFile } from "./inlined-files.ts";
export { joinSame } from "./join-events.ts";
export { clip, limits } from "./limits.ts";
export { providerById, providers } from "./providers/index.ts";
export type {
  Answer,
  AuditEntry,
  AuditTrail,
  ContractFile,
  ContractReading,
  FieldCalls,
  FileCalls,
  Http,
  HttpAnswer,
  HttpCall,
  OpenedField,
  OpenedFile,
  ProviderClient,
  ProviderConnection,
  SignedDocument,
} from "./providers/client.ts";
export type {
  ContractReport,
  IncomingRequest,
  Normalized,
  Provider,
  RefusalReason,
  Reply,
  SignedRequest,
  Verification,
} from "./providers/provider.ts";
export { recipientOf, type Recipient, type RecipientStatus } from "./recipient.ts";
export { signs } from "./signs.ts";
export { webAddress } from "./providers/web-address.ts";
