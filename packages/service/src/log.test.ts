import { expect, it } from "vitest";
import { describeError } from "./log.ts";

it("logs of an error its name, code and cause, and nothing that hangs on it", () => {
  const cause = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  const error = Object.assign(new Error("call failed", { cause }), {
    request: { headers: { authorization: "Bearer hush" } },
  });
  const described = describeError(error);
  expect(described).toMatchObject({
    name: "Error",
    message: "call failed",
    cause: { code: "ECONNREFUSED" },
  });
  expect(JSON.stringify(described)).not.toContain("hush");
});
