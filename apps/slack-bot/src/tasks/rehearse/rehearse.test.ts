import { dana } from "@countersign/sandbox";
import { expect, it } from "vitest";
import { about, contracts, event, general } from "../../audience/testing/scene.ts";
import type { SlackRehearsal } from "../../rehearse/rehearsal.ts";
import { fileNames, inContracts, inGeneral, openOffice } from "../../rehearse/testing/office.ts";

const { apply, bot, everything, putInForce, rehearse, scene, signed } = openOffice();

it("shows what would be said elsewhere and no longer here, and touches nothing", async () => {
  await signed("alpha", "Alpha");
  const before = await everything();
  const { is, text, data, page } = await rehearse("moved");
  expect(is).toBe("findings");
  const card = "The contract “Alpha” is partly signed; 1 of 2 signed.";
  expect(text).toContain(`docusign/alpha in ${general}: would say, a card: ${card}`);
  expect(text).toContain(
    `docusign/alpha in ${contracts}: would no longer say, below the card: “Alpha”: Ann Lee signed.`,
  );
  expect(text).toContain("moved would change what is listed in Slack. Nothing has been posted.");
  const post = { contractId: "docusign/alpha", version: 2, settled: false };
  expect(data).toMatchObject({
    format: 1,
    slack: {
      contracts: 1,
      posts: [
        { ...post, part: "card", place: { ...inGeneral, person: null }, text: card },
        { ...post, part: "reply", text: "“Alpha”: The contract was sent." },
        { ...post, part: "reply", text: "“Alpha”: Ann Lee signed." },
      ],
      without: [{ part: "card", place: inContracts }, { part: "reply" }, { part: "reply" }],
      changed: [],
    },
  });
  expect(page).toContain(`<ins>${card}</ins>`);
  expect(page).toContain(`<del>${card}</del>`);
  expect(await everything()).toEqual(before);
});

it("finds nothing in the same countersign.yaml", async () => {
  await signed("bravo", "Bravo", dana.email);
  for (const file of fileNames) {
    putInForce(file);
    expect(await rehearse(file), file).toMatchObject({
      is: "done",
      text: expect.stringContaining(`${file} would change nothing in Slack.`),
      data: { slack: { contracts: 1, posts: [], without: [], changed: [], digests: [] } },
    });
  }
});

it("shows what stands otherwise on a card, escaped where it is HTML", async () => {
  await signed("charlie", "Charlie <b>");
  const { data, page } = await rehearse("discreet");
  expect(data).toMatchObject({
    slack: {
      posts: [],
      without: [],
      changed: [
        { before: "card", after: "card", lost: ["Amount $25,000.00"], gained: [], stands: true },
      ],
    },
  });
  expect(page).toContain("Charlie &lt;b&gt;");
  expect(page).not.toContain("Charlie <b>");
  expect(page).not.toMatch(/<(script|link)|https?:/);
});

it("shows what would be too much for the channel", async () => {
  await signed("golf", "Golf");
  await signed("hotel", "Hotel");
  const { is, text } = await rehearse("quiet");
  expect(is).toBe("findings");
  expect(text).toContain(
    `docusign/hotel in ${contracts}: would say otherwise, below the card -> summed up, since too much goes on: “Hotel”: Ann Lee signed.`,
  );
  expect(text).not.toContain("docusign/golf in");
});

it("says nothing of Slack where neither file does, and all where only one does", async () => {
  await signed("delta", "Delta");
  putInForce("no section");
  expect(await rehearse("none either")).toEqual({
    is: "done",
    text: "",
    data: { format: 1, config: "none either", since: expect.any(String), slack: null },
  });
  const slackOf = async (config: string): Promise<SlackRehearsal> =>
    Object((await rehearse(config)).data).slack;
  // What stands there needs not be said again.
  expect(await slackOf("present")).toMatchObject({ posts: [], without: [] });
  expect((await slackOf("moved")).posts).toHaveLength(3);
  putInForce("moved");
  expect(await slackOf("no section")).toMatchObject({ digest: null, posts: [] });
  expect((await slackOf("no section")).without).toHaveLength(3);
});

it("shows nudges that would no longer be sent, also of what nothing has happened to since", async () => {
  putInForce("direct");
  const sent = [about("Echo", dana.email), event("contract.sent"), event("recipient.viewed", "1")];
  await bot().happens("echo", ...sent);
  scene().wait(10 * 86_400);
  const before = await everything();
  expect(await rehearse("patient", "9d")).toMatchObject({
    data: {
      slack: {
        contracts: 0,
        posts: [],
        without: [
          {
            contractId: "docusign/echo",
            part: "nudge",
            place: { person: dana.email },
            text: "The contract “Echo” needs a push: Ann Lee viewed it and has not signed.",
          },
        ],
      },
    },
  });
  expect(await everything()).toEqual(before);
  putInForce("patient");
  const { data } = await rehearse("direct", "9d");
  expect(data).toMatchObject({ slack: { posts: [{ part: "nudge", settled: true }] } });
  expect(await apply()).toMatchObject({ data: { messages: 0 } });
});

it("asks for a time that is one", async () => {
  expect(await rehearse("moved", "lately")).toMatchObject({
    is: "refused",
    text: expect.stringContaining("--since lately is not a time"),
  });
});
