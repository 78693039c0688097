import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

describe("readConfig", () => {
  it("uses the documented ports and folder", () => {
    expect(readConfig({}, "/checkout")).toEqual({
      home: "/checkout/.countersign",
      ports: { sandbox: 4000, slackBot: 3001, crmSync: 3002, receiver: 3000 },
    });
  });

  it("takes what is given", () => {
    const env = { COUNTERSIGN_HOME: "/data", RECEIVER_PORT: "8080", SANDBOX_PORT: "" };
    expect(readConfig(env, "/checkout")).toMatchObject({
      home: "/data",
      ports: { sandbox: 4000, receiver: 8080 },
    });
  });

  it.each(["0", "65536", "3000.5", "web", "-1"])("refuses %s as a port and names it", (port) => {
    expect(() => readConfig({ RECEIVER_PORT: port }, "/checkout")).toThrow(
      `RECEIVER_PORT is "${port}"`,
    );
  });
});
