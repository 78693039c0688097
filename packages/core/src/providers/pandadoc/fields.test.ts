import { expect, test } from "vitest";
import { fieldsOf } from "./fields.ts";

const links = "/public/v1/documents/d%2F1/linked-objects";

function answer(said: object) {
  const body = Buffer.from(JSON.stringify(said));
  return { outcome: "ok" as const, value: { status: 200, headers: {}, body } };
}

async function open(name: string, document: object) {
  const sent: unknown[] = [];
  const fields = fieldsOf(
    {
      call: async (path, body) => {
        if (body !== undefined) sent.push(["POST", path, body]);
        return answer({ id: "d/1", ...document });
      },
      remove: async (path) => {
        sent.push(["DELETE", path]);
        return answer({});
      },
    },
    { salesforce: "salesforce-oauth2-sandbox" },
  );
  const opened = await fields.open("d/1", name);
  if (opened.outcome !== "ok") throw new Error("It was not opened.");
  return { field: opened.value, sent };
}

const link = { id: "l/1", provider: "hubspot", entity_type: "deal", entity_id: "1001" };

test("a deal is a linked object, and another one takes its place", async () => {
  const { field, sent } = await open("hubspot_deal_id", { linked_objects: [link] });
  expect(field).toMatchObject({ value: "1001", obstacle: null });
  await field.write("1002");
  const made = { provider: "hubspot", entity_type: "deal", entity_id: "1002" };
  expect(sent).toEqual([
    ["DELETE", `${links}/l%2F1`],
    ["POST", links, made],
  ]);
});

test("Salesforce is linked under the name that access gives", async () => {
  const { field, sent } = await open("salesforce_opportunity_id", { linked_objects: [link] });
  await field.write("006");
  const provider = "salesforce-oauth2-sandbox";
  expect(sent).toEqual([
    ["POST", links, { provider, entity_type: "opportunity", entity_id: "006" }],
  ]);
});

test("metadata wins over a link", async () => {
  const metadata = { hubspot_deal_id: "7" };
  const { field } = await open("hubspot_deal_id", { metadata, linked_objects: [link] });
  expect(field.value).toBe("7");
});

test("another field's name can be read, and not written", async () => {
  const { field } = await open("deal", { metadata: { deal: "7" } });
  expect(field).toMatchObject({ value: "7", obstacle: expect.stringContaining("not as deal") });
});
