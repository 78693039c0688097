import { once } from "node:events";
import { createServer } from "node:net";

/**
 * Where ports are looked for: below those that systems lend out by themselves (32768 on Linux, 49152 on
 * macOS), or an outgoing connection may take one before it is used.
 */
const lowest = 18_000;
const highest = 30_000;
const given = new Set<number>();

/** A port on 127.0.0.1 that nobody listens on, and that was not given to this process before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`No free port was found between ${lowest} and ${highest}.`);
}

export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) ports.push(await freePort());
  return ports;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
