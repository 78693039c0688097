export {
  readInstallation,
  readInstallations,
  removeInstallation,
  saveInstallation,
  type StoredInstallation,
} from "./audience/installations.ts";
export {
  forgetHomeTabs,
  openHomeTab,
  readHomeTab,
  redrawHomeTab,
  releaseHomeTab,
  takeStaleHomeTabs,
  type HomeTab,
} from "./audience/home-tabs.ts";
export {
  readPeopleWithSettings,
  readPerson,
  savePerson,
  saveSettings,
  type Person,
} from "./audience/people.ts";
export { readPeopleByEmail, type NotedPerson } from "./audience/people-by-email.ts";
export { losePlace, readPlace, regainPlace, savePlace, type Place } from "./audience/places.ts";
export {
  beginNoise,
  endNoise,
  forgetNoise,
  noteSummed,
  readCollapsed,
  readNoise,
  readNoises,
  type Noise,
  type NoiseWindow,
  type NoisyChannel,
} from "./audience/noise.ts";
export { readStops, type Stop } from "./audience/stops.ts";
export { readLastLoose } from "./loose-effects.ts";
export { quiet, readQuieted, readQuietedBy, unquiet, type Quieted } from "./audience/quieted.ts";
export { forgetRequests, takeRequest } from "./audience/requests.ts";
export {
  changeSubscription,
  readSubscriptions,
  removeSubscription,
  saveSubscription,
  stopSubscriptions,
  type NewSubscription,
  type Subscription,
} from "./audience/subscriptions.ts";
export { forgetUnfurls, releaseUnfurl, takeUnfurl, type Unfurl } from "./audience/unfurled.ts";
export { readAtRecord, type AtRecord } from "./at-record.ts";
export { findDeals, readDeal, saveDeal, type DealSearch, type StoredDeal } from "./deals.ts";
export {
  contractsSince,
  findByRecord,
  findByUrl,
  historySince,
  listContracts,
  readHistory,
  readLinkedContracts,
  readOpen,
  type ContractFilter,
  type Page,
} from "./contract-lists.ts";
export { readContractsOf, readContractsWith } from "./contracts-of-person.ts";
export { findContracts, readContract, type StoredContract } from "./contracts.ts";
export {
  noteFileContent,
  readContractFiles,
  saveContractFiles,
  type FileContent,
  type StoredFile,
} from "./contract-files.ts";
export type { Delivery } from "./deliveries.ts";
export { readDeliveryBody, readEvidence, type KeptDelivery } from "./evidence.ts";
export { forgetDeliveries } from "./forget-deliveries.ts";
export type { Effect } from "./effect.ts";
export {
  claimEffect,
  claimLasts,
  noteDoubt,
  recordFailed,
  recordSkip,
  releaseEffect,
  secondsUnderWay,
  settleEffect,
  type Claim,
  type EffectPlan,
  type RestsOn,
  type Settlement,
} from "./effects.ts";
export {
  countDone,
  readDone,
  readEffect,
  readEffects,
  readLooseEffects,
  readRecordEffects,
} from "./read-effects.ts";
export { readEvents } from "./events.ts";
export { readLastDeliveries } from "./last-deliveries.ts";
export { readStalling, type StallingSince } from "./stalling.ts";
export type { FaultPoint } from "./fault-points.ts";
export { gather, Overloaded, type Gathered, type GatherOptions } from "./gather.ts";
export { holdClaim, type HeldClaim } from "./hold-claim.ts";
export { isDataFault } from "./in-halves.ts";
export {
  readLinks,
  readTies,
  removeLink,
  saveFoundLink,
  retieLinks,
  saveLink,
  type Link,
  type Ties,
  type Unlinked,
} from "./links.ts";
export {
  readCandidates,
  readInbox,
  readSearched,
  removeUnmatched,
  saveUnmatched,
  type Candidate,
  type InboxEntry,
  type Unmatched,
} from "./matching/candidates.ts";
export {
  forgetLearnt,
  learnAccounts,
  readLearnt,
  type LearntAccount,
} from "./matching/learnt-accounts.ts";
export { readQuarantine, type QuarantinedDelivery } from "./quarantine.ts";
export {
  findBackfill,
  noteBackfilled,
  startBackfill,
  type Backfill,
  type BackfillRange,
  type BackfillCounts,
} from "./backfills.ts";
export { listReplayable, type ReplayableDelivery, type ReplayFilter } from "./replayable.ts";
export { openWhenReachable, type ComingStore } from "./open-when-reachable.ts";
export { explainDatabase } from "./unreachable.ts";
export type { Reader } from "./database.ts";
export { readBacklog, type Backlog } from "./queue/backlog.ts";
export {
  countDeadLetters,
  previewRedrive,
  readDeadLetters,
  redriveDeadLetters,
  type DeadLetter,
  type DeadLetterFilter,
  type RedrivePace,
} from "./queue/dead-letters.ts";
export { readProgress, type Progress } from "./queue/progress.ts";
export { followSchedules, keepSchedules, type Schedule } from "./queue/schedules.ts";
export { followWakes, wake, wakeAt } from "./queue/wake.ts";
export { CredentialError, Outdated, PermanentError, RetryLater } from "./queue/errors.ts";
export { follow, type Followed, type Following, type FollowOptions } from "./queue/follow.ts";
export type { Bring } from "./queue/look.ts";
export { createPause, type PauseChange } from "./queue/pause.ts";
export { unfollow } from "./queue/unfollow.ts";
export { whileAlone } from "./queue/while-alone.ts";
export { couldNotBeStored, type ReadKept } from "./recording/record-unread.ts";
export type { Kept } from "./recording/keep-unread.ts";
export { readUp, record, recordOrKeep, replay, type RecordingOptions } from "./recording/record.ts";
export type { Recorded } from "./recording/record-together.ts";
export { countUnread, type UnreadDelivery } from "./unread.ts";
export { startPump, type Pump } from "./queue/pump.ts";
export {
  noteSecretUse,
  readSecretUse,
  secretFingerprint,
  type SecretUse,
  type StoredSecretUse,
} from "./secrets.ts";
export { listStuck, tryAgain, type StuckContract, type StuckFilter } from "./stuck.ts";
export { storeOptions } from "./store-options.ts";
export { openReader, openStore, ping, type Store, type StoreOptions } from "./store.ts";
