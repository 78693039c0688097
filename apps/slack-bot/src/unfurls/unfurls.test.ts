import { contractsChannel, dana } from "@countersign/sandbox";
import { saveDeal, saveLink } from "@countersign/store";
import { describe, expect, it } from "vitest";
import { openStage, rolesWith } from "../acting/testing/stage.ts";
import { read } from "../blocks/testing/readable.ts";
import { findFaults } from "../blocks/validate.ts";
import type { Ports } from "../ports.ts";
import { forgetOldUnfurls, linkShared } from "./link-shared.ts";

const stage = openStage();
let number = 0;

/** A contract with a page of its own. */
async function aContract(title: string, more = {}) {
  const url = `https://app.docusign.com/documents/details/${(number += 1)}`;
  const amount = { value: 25_000, currency: "EUR" };
  return { ...(await stage().contract(title, { url, amount, ...more })), url };
}

type How = {
  ports?: Ports;
  isShared?: boolean;
  channel?: string;
  more?: object;
};

/** Dana shares links; what stands below each of them then, by address. */
async function share(links: readonly string[], how: How = {}) {
  const { ports = stage().ports, isShared = false, more = {} } = how;
  const person = await stage().sandbox.slack.person(dana.id);
  const { channel, ts } = await person.say(`See ${links.join(" and ")}`, how.channel);
  const given = {
    channel,
    user: dana.id,
    message_ts: ts,
    source: "conversations_history",
    is_bot_user_member: true,
    links: links.map((url) => ({ url })),
    ...more,
  };
  await linkShared.handle({ id: `Ev${ts}`, workspace: "", isShared, given }, ports);
  const { channels, direct } = await person.sees();
  const all = [...channels, ...(direct === null ? [] : [direct])];
  const messages = all.flatMap((conversation) => conversation.messages);
  const unfurls = messages.find((message) => message.ts === ts)?.unfurls ?? {};
  return Object.entries(unfurls).map(([url, { fallback, blocks }]) => {
    const message = { text: String(fallback), blocks: withoutIds(blocks) };
    expect(findFaults(message)).toEqual([]);
    return [url, read(message)] as const;
  });
}

function withoutIds(blocks: unknown): object[] {
  return Array.isArray(blocks)
    ? blocks.map((block: object) => ({ ...block, block_id: undefined }))
    : [];
}

const hubspotPage = (id: string) => `https://app-eu1.hubspot.com/contacts/44/record/0-3/${id}`;

async function aDeal(recordId: string, ...contractIds: string[]) {
  await saveDeal(stage().store, {
    destination: "hubspot",
    recordId,
    name: "Mill lease 2026",
    amount: 9_000,
    currency: "EUR",
    stage: "Negotiation",
    pipeline: null,
    account: null,
    ownerEmail: dana.email,
    url: null,
  });
  for (const contractId of contractIds) {
    const tie = { foundBy: "person", certainty: 1, detail: "U1" } as const;
    await saveLink(stage().store, { contractId, destination: "hubspot", recordId, ...tie });
  }
}

describe("a link to a contract", () => {
  it("shows where it is", async () => {
    const { url } = await aContract("Lark lease");
    const [shown] = await share([url]);
    expect(shown?.[0]).toBe(url);
    expect(shown?.[1]).toContain("The contract “Lark lease” is sent; nobody of 2 has signed.");
    expect(shown?.[1]).toContain("Sent, waits for Ann Lee since <!date^");
    expect(shown?.[1]).toContain("€25,000");
  });

  it.each(["/", "?utm=mail", "#top", "/?a=1&b=2#c"])("is known with %s behind it", async (tail) => {
    const { url } = await aContract("Finch lease");
    expect(await share([url + tail])).toHaveLength(1);
  });

  it("is shown once in 30 minutes in a channel, and again in another", async () => {
    const { url } = await aContract("Wren lease");
    expect(await share([url])).toHaveLength(1);
    stage().wait(29 * 60);
    expect(await share([`${url}?again`])).toEqual([]);
    const { id } = await stage().sandbox.slack.addChannel({ name: "leases", by: dana.id });
    expect(await share([url], { channel: id })).toHaveLength(1);
    stage().wait(60);
    expect(await forgetOldUnfurls(stage().ports)).toBeGreaterThan(0);
    expect(await share([url])).toHaveLength(1);
  });

  it("is shown beside another, and not among three", async () => {
    const all = await Promise.all(["A", "B", "C"].map((name) => aContract(`${name} lease`)));
    const [a = "", b = "", c = ""] = all.map(({ url }) => url);
    expect(await share([a, b, c])).toEqual([]);
    expect((await share([a, b])).map(([url]) => url)).toEqual([a, b]);
    expect((await share([a, c, c])).map(([url]) => url)).toEqual([c]);
  });

  it("shows nothing of what nobody knows, to other organizations, or while it is written", async () => {
    const { url } = await aContract("Owl lease");
    expect(await share(["https://app.docusign.com/home", "https://example.com/"])).toEqual([]);
    expect(await share([url], { isShared: true })).toEqual([]);
    expect(await share([url], { more: { source: "composer" } })).toEqual([]);
    expect(await share([url])).toHaveLength(1);
  });

  it("shows again what Slack did not take, and is quiet about a message that is gone", async () => {
    const { url } = await aContract("Crane lease");
    const { slack } = stage().sandbox;
    slack.setFault({ kind: "rate-limited", method: "chat.unfurl", retryAfterSeconds: 1 });
    await expect(share([url])).rejects.toThrow("rate");
    slack.clearFaults();
    expect(await share([url], { more: { message_ts: "1.000001" } })).toEqual([]);
    expect(await share([url])).toHaveLength(1);
  });
});

/** Whether Dana's link shows the amount of her contract. */
async function shown(how: How) {
  const { url } = await aContract("Ibis lease", { sender: { name: null, email: dana.email } });
  return (await share([url], how)).map(([, text]) => text.includes("€25,000"));
}

describe("amounts beside a link", () => {
  it.each(["admins", "owner", [dana.id]] as const)("are not for a channel: %j", async (allowed) => {
    const ports = { ...stage().ports, roles: rolesWith("seeAmounts", allowed) };
    expect(await shown({ ports })).toEqual([false]);
  });

  it("are in direct messages with us for whom the roles say", async () => {
    const { workspaces } = stage().ports;
    const { client } = await workspaces.open("");
    const channel = (await client.conversations.open({ users: dana.id })).channel?.id ?? "";
    const asOwner = { ...stage().ports, roles: rolesWith("seeAmounts", "owner") };
    expect(await shown({ ports: asOwner, channel })).toEqual([true]);
    const asAdmin = { ...stage().ports, roles: rolesWith("seeAmounts", "admins") };
    expect(await shown({ ports: asAdmin, channel })).toEqual([false]);
    const others = { is_bot_user_member: false };
    expect(await shown({ ports: asOwner, channel, more: others })).toEqual([false]);
    const nobody = { user: undefined };
    expect(await shown({ ports: asOwner, channel, more: nobody })).toEqual([false]);
  });
});

describe("a link to a deal", () => {
  it("shows its contracts, three at most", async () => {
    const ids = await Promise.all(
      ["Teal A", "Teal B", "Teal C", "Teal D"].map(async (title) => (await aContract(title)).id),
    );
    await aDeal("1001", ...ids);
    const [shown] = await share([hubspotPage("1001")], { channel: contractsChannel.id });
    expect(shown?.[1]).toContain("Contracts of the HubSpot deal Mill lease 2026 · Negotiation");
    expect(shown?.[1]).toContain(", the latest");
    expect(new Set(shown?.[1].match(/Teal [A-D]/g)).size).toBe(3);
  });

  it("shows nothing where no contract is tied to it, or the CRM is not connected", async () => {
    await aDeal("1002");
    expect(await share([hubspotPage("1002")])).toEqual([]);
    const { id } = await aContract("Gull lease");
    await aDeal("1003", id);
    const ports = { ...stage().ports, dealFields: {} };
    expect(await share([hubspotPage("1003")], { ports })).toEqual([]);
    const other = "https://northgate.lightning.force.com/lightning/r/0064x000004GmIrAAK/view";
    expect(await share([other])).toEqual([]);
  });
});
