import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";

/** HubSpot at a moment when it answers nothing: whoever asks it waits. Tells when somebody asks, and goes again. */
async function silentHubspot(stack: AsyncDisposableStack) {
  const asked = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const server = createServer((request) => {
    asked.resolve();
    request.on("close", gone.resolve);
  }).listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("It has no port.");
  return { url: `http://127.0.0.1:${address.port}`, asked: asked.promise, gone: gone.promise };
}

it.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s ends a command and the process that does its work",
  async (signal) => {
    await using stack = new AsyncDisposableStack();
    const folder = mkdtempSync(join(tmpdir(), "countersign-ended-"));
    stack.defer(() => rmSync(folder, { recursive: true }));
    const file = join(folder, "countersign.yaml");
    writeFileSync(file, "hubspot: { pipelines: { default: { sent: contractsent } } }");
    const hubspot = await silentHubspot(stack);
    const command = spawn(process.execPath, [join(import.meta.dirname, "main.ts"), "doctor"], {
      env: {
        COUNTERSIGN_CONFIG: file,
        COUNTERSIGN_HOME: folder,
        HUBSPOT_ACCESS_TOKEN: "t",
        HUBSPOT_API_URL: hubspot.url,
      },
      stdio: "ignore",
    });
    stack.defer(() => void command.kill("SIGKILL"));
    await hubspot.asked;
    command.kill(signal);
    const [exitCode] = await once(command, "exit");
    expect(exitCode).toBe(1);
    await hubspot.gone;
  },
);
