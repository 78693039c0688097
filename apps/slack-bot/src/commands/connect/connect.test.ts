import { dana, mara, noor } from "@countersign/sandbox";
import { readPerson } from "@countersign/store";
import { expect, it } from "vitest";
import { ask, openStage } from "../../acting/testing/stage.ts";
import { connect } from "./index.ts";

const stage = openStage();

async function emailOf(userId: string) {
  const person = await readPerson(stage().store, { workspace: "", userId });
  return person?.isStated === true ? person.email : null;
}

async function asked(contractId: string) {
  const { rows } = await stage().store.database.query<{ asked: string }>(
    "select asked from followed where destination = 'slack' and contract_id = $1",
    [contractId],
  );
  return Number(rows[0]?.asked ?? 0);
}

it("says which address is known", async () => {
  expect(await ask(connect, "", stage())).toContain(`You are ${dana.email}`);
});

it("takes another address of one's own company, and has its contracts looked at", async () => {
  const sender = { name: "Dana", email: "d.reyes@northgate.example" };
  const { id } = await stage().contract("Heron lease", { sender });
  const typed = "<mailto:D.Reyes@northgate.example|D.Reyes@northgate.example>";
  expect(await ask(connect, typed, stage())).toContain(
    "From now on <@U000000001> is d.reyes@northgate.example at the providers",
  );
  expect(await emailOf(dana.id)).toBe("d.reyes@northgate.example");
  expect(await asked(id)).toBe(1);
  const connected = { workspace: "", userId: dana.id };
  expect(await readPerson(stage().store, connected)).toMatchObject({ timezone: dana.zone });
  expect(await ask(connect, "d.reyes@northgate.example", stage())).toContain("already.");
});

it("takes nobody else's address, none of another company, and none for others", async () => {
  const as = { userId: mara.id };
  expect(await ask(connect, noor.email, stage(), as)).toContain(`belongs to <@${noor.id}>`);
  expect(await ask(connect, "mara@else.example", stage(), as)).toContain("Ask an admin to say");
  expect(await ask(connect, `<@${dana.id}> ${mara.email}`, stage(), as)).toContain(
    "Only admins may say who somebody else is.",
  );
  expect(await ask(connect, "mara at northgate", stage(), as)).toContain(
    "is not an e-mail address",
  );
  expect(await emailOf(mara.id)).toBeNull();
});

it("believes an admin, of others too", async () => {
  const as = { userId: noor.id };
  const typed = `<@${mara.id}|mara> mara@else.example`;
  expect(await ask(connect, typed, stage(), as)).toContain(`<@${mara.id}> is mara@else.example`);
  expect(await emailOf(mara.id)).toBe("mara@else.example");
});
