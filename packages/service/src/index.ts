export { callOutside, type OutsideAnswer } from "./call-outside.ts";
export { watchDeadLetters } from "./dead-letters.ts";
export { failingRequests, failRequest } from "./fail-request.ts";
export { createMetrics, healthRoutes } from "./health.ts";
export { escapeHtml } from "./html.ts";
export { http, NoAnswer } from "./http.ts";
export { createLog, type Log } from "./log.ts";
export { readText } from "./read-answer.ts";
export { run } from "./run.ts";
export { serve, usualBounds, type Listening } from "./serve.ts";
export { connectSource, readSourcePart } from "./settings/connect-source.ts";
export type { CrmFilesSettings } from "./settings/crm-files.ts";
export type { CrmMatching } from "./settings/crm-matching.ts";
export type { ContractValue } from "./settings/crm-mapping.ts";
export { SettingsError } from "./settings/problem.ts";
export { quietWithoutReader } from "./task/quiet-without-reader.ts";
export { rehearsalOptions, rehearsedFrom } from "./task/rehearsal-options.ts";
export { runTask } from "./task/run-task.ts";
export {
  taskExitCodes,
  type RunnableTask,
  type TaskEnd,
  type TaskReport,
} from "./task/task-end.ts";
export { portVariable, readEnvironment } from "./settings/read-environment.ts";
export { readSettings } from "./settings/read-settings.ts";
export {
  Settings,
  type HubspotSettings,
  type SalesforceSettings,
  type SlackSettings,
  type SourceSettings,
} from "./settings/schema.ts";
export { StoreVariables } from "./settings/store-variables.ts";
