import { expect, test } from "vitest";
import type { HttpAnswer } from "../client.ts";
import { fieldsOf } from "./fields.ts";

const text = { fieldId: "1", name: "owner", value: "Mara", show: "true", required: "false" };
const list = { fieldId: "2", name: "hubspot_deal_id", value: "1001", listItems: ["1001"] };

/** The fields of one envelope, where GET and then each write is answered in turn; and what was sent. */
function answering(...answers: (object | string)[]) {
  const sent: unknown[] = [];
  const fields = fieldsOf(async (method, path, more) => {
    if (method !== "GET") sent.push([method, path, more?.body]);
    const next = answers.shift() ?? {};
    const said = typeof next === "string" ? next : JSON.stringify(next);
    const answer: HttpAnswer = { status: 200, headers: {}, body: Buffer.from(said) };
    return { outcome: "ok", value: { ...answer, url: path } };
  });
  const open = async (name: string) => {
    const opened = await fields.open("e/1", name);
    if (opened.outcome !== "ok") throw new Error("It was not opened.");
    return opened.value;
  };
  return { open, sent };
}

const path = "/envelopes/e%2F1/custom_fields";

test.each([
  ["hubspot_deal_id", "1001", ["POST", { show: "false", required: "false", value: "1001" }]],
  ["owner", "1001", ["PUT", { fieldId: "1", value: "1001" }]],
  ["owner", null, ["DELETE", { fieldId: "1" }]],
])("%s as %j is one call", async (name, value, [method, field]) => {
  const { open, sent } = answering({ textCustomFields: [text] }, {});
  expect(await (await open(name)).write(value)).toEqual({ outcome: "ok", value: null });
  const named = method === "DELETE" ? field : { ...Object(field), name };
  expect(sent).toEqual([[method, path, { textCustomFields: [named] }]]);
});

test("what is not there needs no call to be taken away", async () => {
  const { open, sent } = answering({});
  expect(await (await open("owner")).write(null)).toEqual({ outcome: "ok", value: null });
  expect(sent).toEqual([]);
});

test("a list is read, and not written", async () => {
  const { open } = answering({ textCustomFields: [], listCustomFields: [list] });
  const obstacle = expect.stringContaining('"hubspot_deal_id" is a list');
  expect(await open("hubspot_deal_id")).toMatchObject({ value: "1001", obstacle });
});

test("a field that is refused within a success is refused", async () => {
  const errorDetails = { errorCode: "MAX_FIELDS", message: "Three at most." };
  const { open } = answering({}, { textCustomFields: [{ ...text, errorDetails }] });
  const refused = { outcome: "refused", code: "MAX_FIELDS", message: "Three at most." };
  expect(await (await open("hubspot_deal_id")).write("1")).toEqual(refused);
});

test("a page of something else proves nothing", async () => {
  await expect(answering("<html>").open("owner")).rejects.toThrow("no custom fields");
  const { open } = answering({}, "<html>");
  await expect((await open("owner")).write("1")).rejects.toThrow("no custom fields");
});
