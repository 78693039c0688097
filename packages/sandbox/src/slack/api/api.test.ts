import { expect, test } from "vitest";
import { openStage } from "../../testing/slack-stage.ts";
import { contractsChannel, dana, mara, noor } from "../teams.ts";
import { offsetOf } from "./people.ts";

const stage = openStage();
const channel = contractsChannel.id;

test("people have fixed ids, e-mails, zones and roles", async () => {
  const { users, team } = stage.client();
  const { user } = await users.info({ user: noor.id });
  expect(user).toMatchObject({
    id: "U000000003",
    name: "noor.haddad",
    real_name: "Noor Haddad",
    tz: "Asia/Dubai",
    tz_offset: 14_400,
    is_admin: true,
    is_bot: false,
    profile: { email: "noor.haddad@northgate.example" },
  });
  const found = await users.lookupByEmail({ email: "Mara.Lindqvist@northgate.example" });
  expect(found.user).toMatchObject({ id: mara.id, is_admin: false });
  const nobody = users.lookupByEmail({ email: "nobody@northgate.example" });
  await expect(nobody).rejects.toThrow("users_not_found");
  await expect(users.info({ user: "U9" })).rejects.toThrow("user_not_found");
  const { members = [] } = await users.list({});
  expect(members.filter(({ is_bot: bot }) => bot).map(({ name }) => name)).toEqual(["countersign"]);
  expect((await team.info()).team).toMatchObject({ id: "T000000001", name: "Northgate" });
});

test.each([
  ["America/New_York", "2026-01-15T12:00:00Z", -18_000],
  ["America/New_York", "2026-07-15T12:00:00Z", -14_400],
  ["Asia/Kolkata", "2026-07-15T12:00:00Z", 19_800],
  ["UTC", "2026-07-15T12:00:00Z", 0],
])("%s at %s is %i seconds from UTC", (zone, at, seconds) => {
  expect(offsetOf(zone, new Date(at))).toBe(seconds);
});

test("a direct message is read by the bot and seen by its person alone", async () => {
  const { chat, conversations } = stage.client();
  const posted = await chat.postMessage({ channel: mara.id, text: "Signed" });
  const opened = await conversations.open({ users: mara.id });
  expect(opened.channel?.id).toBe(posted.channel);
  const { messages } = await conversations.history({ channel: posted.channel ?? "" });
  expect(messages?.map(({ text }) => text)).toEqual(["Signed"]);
  const seen = await (await stage.sandbox.slack.person(mara.id)).sees();
  expect(seen.direct).toMatchObject({ withUser: mara.id, messages: [{ text: "Signed" }] });
  const { direct } = await (await stage.sandbox.slack.person(dana.id)).sees();
  expect(direct?.messages ?? []).toEqual([]);
});

test("an ephemeral message is seen by its person alone", async () => {
  const { chat } = stage.client();
  await chat.postEphemeral({ channel, user: mara.id, text: "Only you" });
  const seen = await (await stage.sandbox.slack.person(mara.id)).sees();
  expect(seen.ephemerals).toMatchObject([{ channel, text: "Only you" }]);
  const elsewhere = chat.postEphemeral({ channel: "C9", user: mara.id, text: "x" });
  await expect(elsewhere).rejects.toThrow("channel_not_found");
  const nobody = chat.postEphemeral({ channel, user: "U9", text: "x" });
  await expect(nobody).rejects.toThrow("user_not_in_channel");
});

test("what the bot deletes is gone", async () => {
  const { chat, conversations } = stage.client();
  const { ts = "" } = await chat.postMessage({ channel, text: "Wrong" });
  await chat.delete({ channel, ts });
  const { messages = [] } = await conversations.history({ channel });
  expect(messages.filter(({ subtype }) => subtype === undefined)).toEqual([]);
});

test("a revoked token is refused, an unknown one too", async () => {
  expect(await stage.client().auth.revoke({ test: true })).toMatchObject({ revoked: false });
  expect(await stage.client().auth.test()).toMatchObject({ user: "countersign" });
  expect(await stage.client().auth.revoke()).toMatchObject({ revoked: true });
  await expect(stage.client().auth.test()).rejects.toThrow("token_revoked");
  await expect(stage.client("xoxb-invented").auth.test()).rejects.toThrow("invalid_auth");
});
