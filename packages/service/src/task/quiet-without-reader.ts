import type { Writable } from "node:stream";

/** Nobody is told where the reader has gone, as `| head` goes: that is no fault. */
export function quietWithoutReader(output: Writable): void {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
