import type { Request, Response } from "express";

export type Feed<Part extends string> = {
  /** Says that a part has changed: whoever listens is sent that part whole, a burst of changes once. */
  changed: (part: Part) => void;
  /** Every part as it is now. */
  state: () => Promise<Record<string, unknown>>;
  /** Answers with Server-Sent Events: every part at once, then each part as it changes. */
  listen: (request: Request, response: Response) => Promise<void>;
  [Symbol.dispose](): void;
};

/** How long changes are gathered before they are sent, and how often an idle connection is kept alive. */
const gatherMs = 60;
const keepAliveMs = 15_000;

/** The sandbox's state in parts, each read anew only when somebody looks. */
export function createFeed<Part extends string>(
  parts: Record<Part, () => unknown>,
  report: (error: unknown) => void,
): Feed<Part> {
  const listeners = new Set<Response>();
  const dirty = new Set<Part>();
  const names = new Set<Part>();
  for (const name in parts) names.add(name);
  let timer: NodeJS.Timeout | undefined;
  const keepAlive = setInterval(() => send(": still here\n\n"), keepAliveMs).unref();

  function send(text: string): void {
    for (const listener of listeners) listener.write(text);
  }

  async function flush(): Promise<void> {
    const due = [...dirty];
    dirty.clear();
    for (const part of due) send(await toEvent(part));
    timer = undefined;
    if (dirty.size > 0) schedule();
  }

  function schedule(): void {
    timer ??= setTimeout(() => void flush().catch(fail), gatherMs);
  }

  function fail(error: unknown): void {
    timer = undefined;
    report(error);
  }

  async function toEvent(part: Part): Promise<string> {
    return `event: ${part}\ndata: ${JSON.stringify(await parts[part]())}\n\n`;
  }

  return {
    changed(part) {
      if (listeners.size === 0) return;
      dirty.add(part);
      schedule();
    },
    async state() {
      const read = [...names].map(async (part) => [part, await parts[part]()]);
      return Object.fromEntries(await Promise.all(read));
    },
    async listen(request, response) {
      response.set({ "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
      response.write("retry: 1000\n\n");
      listeners.add(response);
      request.on("close", () => listeners.delete(response));
      for (const part of names) {
        const event = await toEvent(part);
        if (response.writable) response.write(event);
      }
    },
    [Symbol.dispose]() {
      clearInterval(keepAlive);
      clearTimeout(timer);
      for (const listener of listeners) listener.end();
    },
  };
}
