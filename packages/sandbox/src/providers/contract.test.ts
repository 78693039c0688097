import { describe, expect, test } from "vitest";
import {
  act,
  contractCan,
  signerCan,
  signerStatus,
  statusOf,
  type Act,
  type SandboxContract,
} from "./contract.ts";

const at = new Date("2026-11-23T10:00:00.000Z");

function contract(...orders: number[]): SandboxContract {
  const recipients = orders.map((order, index) => ({
    key: String(index + 1),
    name: `Signer ${index + 1}`,
    email: `${index + 1}@example.com`,
    order,
  }));
  const sender = { name: "Mara", email: "mara@example.com" };
  return {
    providerId: "docusign",
    walk: { externalId: "c1", title: "Order form", sender, fields: {}, recipients },
    steps: [{ kind: "sent", at }],
  };
}

function after(start: SandboxContract, ...acts: Act[]): SandboxContract {
  const steps = [...start.steps];
  for (const what of acts) {
    const result = act({ ...start, steps }, what, at);
    if (!result.done) throw new Error(result.reason);
    steps.push(...result.steps);
  }
  return { ...start, steps };
}

const sign = (signer: string): Act => ({ kind: "sign", signer });

describe("a contract's life", () => {
  test.each([
    ["sent", [], "sent"],
    ["viewed", [{ kind: "view", signer: "1@example.com" }], "viewed"],
    ["signed by one", [sign("1@example.com")], "partially_signed"],
    ["signed by all", [sign("1@example.com"), sign("2@example.com")], "completed"],
    ["declined", [{ kind: "decline", signer: "2@example.com", reason: "Price" }], "declined"],
    ["voided", [sign("1@example.com"), { kind: "void", reason: "Wrong customer" }], "voided"],
    ["expired", [{ kind: "expire" }], "expired"],
  ] satisfies [string, Act[], string][])("%s", (_name, acts, status) => {
    expect(statusOf(after(contract(1, 1), ...acts))).toBe(status);
  });

  test("the last signature completes it", () => {
    const result = act(after(contract(1, 1), sign("1@example.com")), sign("2@example.com"), at);
    expect(result).toMatchObject({
      done: true,
      steps: [{ kind: "signed", recipientKey: "2" }, { kind: "completed" }],
    });
  });

  test("who signs second waits for the first", () => {
    const sent = contract(1, 2);
    const [first, second] = sent.walk.recipients;
    expect(second && signerStatus(sent, second)).toBe("waiting");
    expect(second && signerCan(sent, second)).toEqual([]);
    expect(first && signerCan(sent, first)).toEqual(["view", "sign", "decline"]);
    const once = after(sent, sign("1@example.com"));
    expect(second && signerCan(once, second)).toEqual(["view", "sign", "decline"]);
  });

  test("nothing can be done once it has ended", () => {
    const voided = after(contract(1), { kind: "void" });
    expect(contractCan(voided)).toEqual([]);
    expect(voided.walk.recipients.flatMap((signer) => signerCan(voided, signer))).toEqual([]);
    expect(act(voided, sign("1@example.com"), at)).toEqual({
      done: false,
      reason: "Not possible now: the contract is voided.",
    });
  });

  test("a stranger cannot sign", () => {
    expect(act(contract(1), sign("nobody@example.com"), at)).toMatchObject({ done: false });
  });
});
