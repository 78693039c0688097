export { type AppName, appNames } from "./apps.ts";
export { launch, type Running } from "./launch.ts";
export { LaunchError } from "./launch-error.ts";
export type { Copy, LaunchOptions } from "./launch-options.ts";
export type { RunningState } from "./running-file.ts";
export type { RestartVariables, Supervised } from "./supervise.ts";
