import { followParent } from "@countersign/launcher/follow-parent";

/** Aborts when the process is told to stop: whatever waits rejects, and everything started is taken down. */
export function untilSignal(): AbortSignal {
  const abort = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => abort.abort(new Error(`Stopped by ${name}.`)));
  }
  followParent(() => abort.abort(new Error("Stopped: what started it is gone.")));
  return abort.signal;
}
