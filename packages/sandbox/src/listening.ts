import { once } from "node:events";
import type { Server } from "node:net";
import type { Server as HttpServer } from "node:http";

/** Listens on loopback and says on which port; 0 takes a free one. */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

/** Stops listening and cuts what is still connected. */
export async function close(server: HttpServer): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeAllConnections();
  await closed;
}
