import type { Express } from "express";
import type { Server } from "node:http";

/** An HTTP server that is listening. Closing it lets the requests under way end first. */
export type Listening = AsyncDisposable & { port: number; server: Server };

/** Listens on the port; 0 takes a free one. Rejects with one clear line where it is taken. */
export async function serve(app: Express, port: number, variable: string): Promise<Listening> {
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = app.listen(port, (error) => {
      if (error === undefined) resolve(starting);
      else reject(explainListenError(error, port, variable));
    });
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  return { port: bound, server, [Symbol.asyncDispose]: () => close(server) };
}

function explainListenError(error: Error, port: number, variable: string): Error {
  if (!("code" in error) || error.code !== "EADDRINUSE") return error;
  return new Error(
    `Port ${port} is in use. Stop what uses it, or set ${variable} to another port.`,
    {
      cause: error,
    },
  );
}

/** A connection whose last request ends only now becomes idle, and would be kept for the next one. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed.finally(() => clearInterval(sweep));
}
