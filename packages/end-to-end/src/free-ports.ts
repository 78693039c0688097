import { once } from "node:events";
import { createServer } from "node:net";

/** Ports that nobody listens on, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      const closed = once(server, "close");
      server.close();
      await closed;
      if (address === null || typeof address === "string") throw new Error("no port was given");
      return address.port;
    }),
  );
}
