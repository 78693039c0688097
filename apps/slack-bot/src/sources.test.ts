import { fileURLToPath } from "node:url";
import { sandboxEnvironment } from "@countersign/sandbox";
import { readSettings } from "@countersign/service";
import { expect, it } from "vitest";
import { openSources } from "./sources.ts";

const shipped = fileURLToPath(new URL("../../../countersign.yaml", import.meta.url));
const ofSandbox = sandboxEnvironment({ sandboxPort: 4000, receiverPort: 3000, slackBotPort: 3001 });

/** The sources through which the shipped countersign.yaml lets people send reminders. */
function remindable(environment: Record<string, string>): string[] {
  const { sources = [] } = readSettings(shipped, ["sources.access"], environment);
  const ports = { http: () => Promise.reject(new Error("nobody calls")), now: () => new Date() };
  const opened = openSources(sources, ports, shipped);
  return opened.names.filter((name) => opened.canRemind(name));
}

it.each<[string, Record<string, string>, string[]]>([
  [
    "the sandbox's variables: every provider that has reminders",
    ofSandbox,
    ["ziasign", "docusign", "adobe-sign", "dropbox-sign", "pandadoc", "documenso"],
  ],
  ["none of them: no provider's API is called", {}, []],
  ["one's own key of one provider: that one", { PANDADOC_API_KEY: "k" }, ["pandadoc"]],
])("with %s", (_case, environment, names) => {
  expect(remindable(environment)).toEqual(names);
});

it("says which access is only half there", () => {
  expect(() => remindable({ DOCUSIGN_USER_ID: "u" })).toThrow(
    /source "docusign": access\.integrationKey: .*\n.*access\.accountId: /,
  );
});
