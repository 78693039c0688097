import { createServer, type RequestListener, type Server } from "node:http";

/** An HTTP server that is listening. Closing it lets the requests under way end first. */
export type Listening = AsyncDisposable & { port: number; server: Server };

/** What any sender may take of us before anything is known of him. Times are in milliseconds. */
type ServerBounds = {
  /** All headers together; beyond it the answer is 431. */
  headerBytes: number;
  headers: number;
  /** From the first byte of a request to the end of its headers, and of its body; then 408. */
  headersTime: number;
  requestTime: number;
  /** How long a connection may stay without a request. */
  idleTime: number;
  /** Open connections; one more is closed at once. */
  connections: number;
  /** What requests under way get when the server closes; then they are cut off. */
  closingTime: number;
};

/** A connection outlives the minute after which load balancers drop an idle one, so that they do it and not we. */
export const usualBounds: ServerBounds = {
  headerBytes: 16_384,
  headers: 100,
  headersTime: 10_000,
  requestTime: 60_000,
  idleTime: 65_000,
  connections: 4_000,
  closingTime: 20_000,
};

/** Listens on the port; 0 takes a free one. Rejects with one clear line where it is taken. */
export async function serve(
  app: RequestListener,
  port: number,
  variable: string,
  bounds: ServerBounds = usualBounds,
): Promise<Listening> {
  const server = boundedServer(app, bounds);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(explainListenError(error, port, variable)));
    server.listen(port, resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const stop = () => close(server, bounds.closingTime);
  return { port: bound, server, [Symbol.asyncDispose]: stop };
}

function boundedServer(app: RequestListener, bounds: ServerBounds): Server {
  const options = {
    maxHeaderSize: bounds.headerBytes,
    headersTimeout: bounds.headersTime,
    requestTimeout: bounds.requestTime,
    keepAliveTimeout: bounds.idleTime,
    connectionsCheckingInterval: Math.min(1_000, bounds.headersTime / 2),
  };
  const server = createServer(options, (request, response) => {
    if (request.rawHeaders.length <= 2 * bounds.headers) app(request, response);
    else response.writeHead(431, { connection: "close" }).end("Too many headers.");
  });
  server.maxConnections = bounds.connections;
  return server;
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

/**
 * A connection whose last request ends only now becomes idle, and would be kept for the next one. Node's own
 * timeouts end with `close`, so a sender who never ends his request is cut off here.
 */
async function close(server: Server, closingTime: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const end = setTimeout(() => server.closeAllConnections(), closingTime);
  await closed.finally(() => {
    clearInterval(sweep);
    clearTimeout(end);
  });
}
