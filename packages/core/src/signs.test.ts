import { describe, expect, it } from "vitest";
import { signs } from "./signs.ts";

const as = (role: string | null) => signs({ role, status: "sent" });

describe("who signs", () => {
  it.each([
    null,
    "signer",
    "in-person signer",
    "witness",
    "notary",
    "approver",
    "acceptor",
    "form filler",
    "Client",
  ])("is somebody who is %s", (role) => {
    expect(as(role)).toBe(true);
  });

  it.each([
    "cc",
    "CC",
    "Carbon Copy",
    "carbon_copy",
    "copy",
    "viewer",
    "Observer",
    "certified recipient",
    "Certified Delivery",
    "agent",
    "editor",
    "intermediary",
    "seal",
    "assistant",
    "share",
    "sender",
    "delegate to signer",
    "delegate to certified recipient",
  ])("is nobody who is %s", (role) => {
    expect(as(role)).toBe(false);
  });

  it.each(["Sender", "Agent", "Assistant"])(
    "is the party that a template calls %s, for such names are the customer's own",
    (role) => {
      expect(as(role)).toBe(true);
    },
  );

  it("is not who has handed it on", () => {
    expect(signs({ role: "signer", status: "reassigned" })).toBe(false);
  });
});
