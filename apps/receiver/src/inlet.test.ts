import { Settings, serve } from "@countersign/service";
import { expect, it } from "vitest";
import { readSources } from "./config.ts";
import { createInlet } from "./inlet.ts";

const given = { name: "docusign", provider: "docusign", secrets: ["s"] };
const { sources = [] } = Settings.parse({ sources: [given] });
const source = readSources(sources, "c.yaml").get("docusign");

function broken(): never {
  throw new Error("broken");
}

it.each(["GET", "HEAD", "POST"])("answers a %s that meets a fault of ours", async (method) => {
  if (source === undefined) throw new Error("there is no source");
  const failed: unknown[] = [];
  const inlet = createInlet(
    { ...source, provider: { ...source.provider, handshake: broken } },
    {
      enter: broken,
      report: () => undefined,
      now: () => new Date(),
      fail(error, response) {
        failed.push(error);
        response.writeHead(500).end();
      },
    },
  );
  await using listening = await serve(inlet, 0, "RECEIVER_PORT");
  const { status } = await fetch(`http://127.0.0.1:${listening.port}/`, { method });
  expect(status).toBe(500);
  expect(failed).toEqual([new Error("broken")]);
});
