export { findContracts, readContract, type StoredContract } from "./contracts.ts";
export {
  forgetDeliveries,
  readDeliveryBody,
  readEvidence,
  type Delivery,
  type KeptDelivery,
} from "./deliveries.ts";
export {
  claimEffect,
  readEffect,
  readEffects,
  recordSkip,
  releaseEffect,
  settleEffect,
  type Claim,
  type Effect,
  type EffectPlan,
  type Settlement,
} from "./effects.ts";
export { readEvents } from "./events.ts";
export { dieAt, type FaultPoint } from "./fault-points.ts";
export { gather, Overloaded, type Gathered, type GatherOptions } from "./gather.ts";
export { readLinks, saveLink, type Link } from "./links.ts";
export { readQuarantine, type QuarantinedDelivery } from "./quarantine.ts";
export { isUnreachable, openWhenReachable, type ComingStore } from "./open-when-reachable.ts";
export type { Reader } from "./database.ts";
export {
  countDeadLetters,
  deadLetterQueueOf,
  previewRedrive,
  readDeadLetters,
  redriveDeadLetters,
  type DeadLetter,
  type DeadLetterFilter,
  type RedrivePace,
} from "./queue/dead-letters.ts";
export { CredentialError, PermanentError, RetryLater } from "./queue/errors.ts";
export { failureOf, type Failure } from "./queue/failure.ts";
export {
  follow,
  type Bring,
  type Followed,
  type Following,
  type FollowOptions,
} from "./queue/follow.ts";
export type { PauseChange } from "./queue/pause.ts";
export { record, type RecordingOptions } from "./recording/record.ts";
export { isDataFault, type Recorded } from "./recording/record-together.ts";
export { openReader, openStore, ping, type Store, type StoreOptions } from "./store.ts";
