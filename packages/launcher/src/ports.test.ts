import { once } from "node:events";
import { createServer } from "node:net";
import { freePort } from "@countersign/postgres";
import { expect, it } from "vitest";
import { checkPorts } from "./ports.ts";

async function freePorts() {
  const [sandbox, slackBot, crmSync, receiver] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  return { sandbox, slackBot, crmSync, receiver };
}

it("accepts free ports", async () => {
  await expect(checkPorts(await freePorts())).resolves.toBeUndefined();
});

it.each(["127.0.0.1", "0.0.0.0", "::"])(
  "names the port that a program on %s uses, its app and its variable",
  async (host) => {
    const ports = await freePorts();
    const other = createServer().listen(ports.crmSync, host);
    await once(other, "listening");
    await expect(checkPorts(ports)).rejects.toThrow(
      new RegExp(`Port ${ports.crmSync} for the crm-sync .*CRM_SYNC_PORT=`),
    );
    other.close();
  },
);

it("refuses one port for two apps", async () => {
  const ports = await freePorts();
  await expect(checkPorts({ ...ports, receiver: ports.slackBot })).rejects.toThrow(
    `SLACK_BOT_PORT and RECEIVER_PORT are both ${ports.slackBot}`,
  );
});
