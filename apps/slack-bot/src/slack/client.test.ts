import { once } from "node:events";
import { createServer } from "node:http";
import { expect, it } from "vitest";
import { silent } from "../testing/bench.ts";
import { callsAtOnce, openClient } from "./client.ts";

it("keeps its connections and uses them again", async () => {
  const sockets = new Set<unknown>();
  const server = createServer((request, response) => {
    sockets.add(request.socket);
    request.resume().once("end", () => response.end('{"ok":true,"ts":"1.2"}'));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const client = openClient({ botToken: "x", apiUrl: `http://127.0.0.1:${port}/api/` }, silent);
  const post = () => client.chat.postMessage({ channel: "C1", text: "Sent" });
  for (let call = 0; call < 20; call += 1) await post();
  expect(sockets.size).toBeLessThanOrEqual(2);
  await Promise.all(Array.from({ length: 200 }, post));
  expect(sockets.size).toBeLessThanOrEqual(2 * callsAtOnce);
  server.closeAllConnections();
  server.close();
});
