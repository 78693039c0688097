import { expect, test } from "vitest";
import { fieldsOf } from "./fields.ts";
import { readSubmission } from "./submission.ts";

const deal = "hubspot_deal_id";

async function open(...submitters: object[]) {
  const sent: unknown[] = [];
  const submission = readSubmission({ id: 5, submitters });
  if (submission === null) throw new Error("It is no submission.");
  const fields = fieldsOf(
    async () => ({ outcome: "ok", value: { submission } }),
    async (path, body) => {
      sent.push([path, body]);
      return { outcome: "ok", value: { status: 200, headers: {}, body: Buffer.from("{}") } };
    },
  );
  const opened = await fields.open("5", deal);
  if (opened.outcome !== "ok") throw new Error("It was not opened.");
  return { field: opened.value, sent };
}

const ann = { id: 1, status: "completed", metadata: { tier: "gold" } };
const bo = { id: 2, status: "opened", metadata: { region: "north", seats: 3 } };

test("the first party that has yet to sign takes it, beside what it has", async () => {
  const { field, sent } = await open(ann, bo);
  expect(field).toMatchObject({ value: null, obstacle: null });
  await field.write("1001");
  const metadata = { region: "north", seats: 3, [deal]: "1001" };
  expect(sent).toEqual([["submitters/2", { metadata }]]);
});

test("whoever has it keeps it, whatever the others have", async () => {
  const cas = { ...bo, id: 3, metadata: { [deal]: "1001", seats: 3 } };
  const { field, sent } = await open(bo, cas);
  expect(field.value).toBe("1001");
  await field.write(null);
  expect(sent).toEqual([["submitters/3", { metadata: { seats: 3 } }]]);
});

test.each([
  [[ann, { ...bo, status: "declined" }], null],
  [[{ ...ann, metadata: { [deal]: "7" } }, bo], "7"],
  [[], null],
])("of %j nothing can be written", async (submitters, value) => {
  const { field } = await open(...submitters);
  expect(field).toMatchObject({ value, obstacle: expect.stringContaining(deal) });
});
