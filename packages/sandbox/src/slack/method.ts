import type { Part } from "./part.ts";
import type { Workspace } from "./workspace.ts";

export type MethodAnswer = { ok: true; [field: string]: unknown } | Refusal;
type Refusal = { ok: false; error: string; [field: string]: unknown };

/** A Web API method that the sandbox answers itself. `token` is what the caller presented. */
export type Method = (call: {
  args: Part;
  workspace: Workspace;
  token: string;
}) => MethodAnswer | Promise<MethodAnswer>;
