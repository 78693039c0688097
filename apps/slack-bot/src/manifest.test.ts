import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands } from "./commands/index.ts";
import { botScopes, createManifest } from "./manifest.ts";

it("tells Slack where commands and buttons go", () => {
  const manifest = createManifest(commands, "https://countersign.example");
  const address = "https://countersign.example/slack/events";
  expect(manifest.features.slash_commands).toEqual([
    expect.objectContaining({ command: "/contract", url: address }),
  ]);
  expect(manifest.settings.interactivity).toEqual({ is_enabled: true, request_url: address });
  expect(manifest.settings.socket_mode_enabled).toBe(false);
});

it("names no address for Socket Mode", () => {
  const manifest = createManifest(commands, null);
  expect(JSON.stringify(manifest)).not.toContain("http");
  expect(manifest.settings.socket_mode_enabled).toBe(true);
});

it("keeps to Slack's lengths", () => {
  const { display_information: info, features } = createManifest(commands, null);
  expect(info.name.length).toBeLessThanOrEqual(35);
  expect(info.description.length).toBeLessThanOrEqual(140);
  for (const { command, description, usage_hint: hint } of features.slash_commands) {
    expect(command).toMatch(/^\/[a-z-]{1,31}$/);
    expect(description.length).toBeLessThanOrEqual(2_000);
    expect(hint.length).toBeLessThanOrEqual(1_000);
  }
});

const specs = new URL("../../../../shared/specs/slack/", import.meta.url);
const read = (file: string): unknown => JSON.parse(readFileSync(new URL(file, specs), "utf8"));

describe.runIf(existsSync(specs))("Slack's own descriptions", () => {
  it("know every property of the manifest", () => {
    const Schema = z.object({
      definitions: z.record(
        z.string(),
        z.object({ properties: z.record(z.string(), z.unknown()).default({}) }),
      ),
    });
    const { definitions } = Schema.parse(read("manifest.schema.2.0.0.json"));
    const known = (part: string) =>
      Object.keys(definitions[`app-manifests.v1.${part}.schema`]?.properties ?? {});
    const manifest = createManifest(commands, "https://countersign.example");
    for (const [part, value] of Object.entries(manifest)) {
      expect(known(part)).toEqual(expect.arrayContaining(Object.keys(value)));
    }
  });

  it("ask for the scopes that the manifest has", () => {
    const Methods = z.object({
      methods: z.record(z.string(), z.object({ bot_scopes: z.array(z.string()) })),
    });
    const { methods } = Methods.parse(read("web-api-methods.json"));
    for (const method of ["chat.postMessage", "chat.update", "conversations.history"]) {
      const needed = methods[method]?.bot_scopes ?? [];
      expect(needed.some((scope) => botScopes.some((ours) => ours === scope))).toBe(true);
    }
  });
});
