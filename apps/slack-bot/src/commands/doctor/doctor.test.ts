import { dana, noor } from "@countersign/sandbox";
import { saveSubscription, stopSubscriptions } from "@countersign/store";
import { expect, it } from "vitest";
import { asking, openStage, saidBy } from "../../acting/testing/stage.ts";
import type { Ports } from "../../ports.ts";
import { answer } from "../answer.ts";
import { commands } from "../index.ts";

const stage = openStage();

async function ask(more: Partial<Ports> = {}, userId = noor.id): Promise<string> {
  const ports = { ...stage().ports, ...more };
  return saidBy(await answer("doctor", commands, asking({ userId }), ports));
}

async function subscribe(channel: string): Promise<void> {
  const by = { destination: "slack", workspace: "", madeBy: dana.id };
  await saveSubscription(stage().store, { ...by, channel, rule: {} });
}

it("is for admins alone", async () => {
  expect(await ask({}, dana.id)).toContain("Only those who administer");
});

it("finds the sandbox's app as it should be: with every scope of the manifest, and no more", async () => {
  await stage().contract("Mill lease", { sender: { name: "Dana", email: dana.email } });
  const said = await ask();
  expect(said).toContain("Slack takes the bot's token.");
  expect(said).toContain("The app has every scope that it needs.");
  expect(said).not.toContain("nothing uses");
  expect(said).toContain("docusign was last heard of");
  expect(said).toContain("Every owner of an open contract is known in Slack.");
  expect(said).toContain("No channel is subscribed to anything.");
});

it("finds what is wrong with channels, owners, the queue and what was given up", async () => {
  const { sandbox, store, ports } = stage();
  await stage().contract("Oak lease", { sender: { name: "Gone", email: "gone@old.example" } });
  const outside = await sandbox.slack.addChannel({
    name: "outside",
    private: true,
    withBot: false,
  });
  await subscribe("C000000002");
  await subscribe(outside.id);
  await subscribe("C0NOWHERE");
  const lost = { destination: "slack", workspace: "", channel: "C0NOWHERE" };
  await stopSubscriptions(store, lost, { code: "channel_not_found", message: "" });
  await store.database.query(
    "insert into destinations (id, since) values ('slack', now()) on conflict do nothing",
  );
  await store.queue.createQueue("slack-dead");
  await store.queue.send("slack-dead", { contractId: "docusign/x" });
  const said = await ask({ paused: () => ({ code: "token_revoked", advice: "Install it." }) });
  expect(said).toMatch(/^6 things to mend\./);
  expect(said).toContain("Posting is paused since Slack refuses our credentials (token_revoked).");
  expect(said).toContain(`The bot is no member of <#${outside.id}>.`);
  expect(said).toContain("<#C0NOWHERE> cannot be seen");
  expect(said).toContain("any more, since Slack refused it (channel_not_found).");
  expect(said).toContain("1 channel can be posted to.");
  expect(said).toContain("gone@old.example (1)");
  expect(said).toContain("1 change given up for slack.");
  expect(ports.paused()).toBeNull();
});

it("says that Slack refuses the token, and still looks at the rest", async () => {
  const { sandbox } = stage();
  sandbox.slack.setFault({ kind: "error", error: "token_revoked", method: "auth.test" });
  const said = await ask();
  expect(said).toContain("Slack refuses the bot's token (token_revoked).");
  expect(said).toContain("docusign was last heard of");
});
