import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "../contract.ts";
import { eventsOf, normalized, requestOf } from "../testing/reading.ts";
import { providers } from "./index.ts";
import type { Normalized } from "./provider.ts";
import { mangledJson, mangledText, wellFormed } from "../testing/mangle.ts";

const secrets = ["the-old-secret", "the-new-secret"];
const now = new Date("2026-12-01T12:00:00Z");

test("every folder is in the list, and the other way round", () => {
  const folders = readdirSync(new URL(".", import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  expect(providers.map((provider) => provider.id).toSorted()).toEqual(folders.toSorted());
});

describe.each(providers)("$id", (provider) => {
  const fixtures = fixturesOf(provider.id);
  const settings = provider.settings.parse({});
  const signed = (body: Uint8Array, secret: string) =>
    requestOf(body, provider.sign(body, { secrets: [secret], settings, now }));
  const context = { secrets, settings, now };

  test("has fixtures", () => {
    expect(fixtures.length).toBeGreaterThan(5);
  });

  describe.each(fixtures)("$name", ({ body, expected }) => {
    const request = signed(body, "the-new-secret");

    test("is authentic by any of the secrets", () => {
      expect(provider.verify(request, context)).toEqual({ authentic: true, secretIndex: 1 });
    });

    test("is refused with one bit changed", () => {
      const changed = Buffer.from(body);
      const place = Math.floor(body.length / 2);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(provider.verify({ ...request, body: changed }, context)).toEqual({
        authentic: false,
        reason: "bad-signature",
      });
    });

    test.each([
      ["without its headers", { ...request, headers: {} }, secrets, "no-signature"],
      ["signed with another secret", signed(body, "another"), secrets, "bad-signature"],
      ["where no secret is set", request, [], "no-secret"],
      ["where the secret is empty", signed(body, ""), [""], "no-secret"],
      ["signed with an empty secret", signed(body, ""), ["", "another"], "bad-signature"],
    ])("is refused %s", (_, refused, known, reason) => {
      const verification = provider.verify(refused, { ...context, secrets: known });
      expect(verification).toEqual({ authentic: false, reason });
    });

    test("reads as expected", () => {
      expect(normalized(provider, body)).toEqual(expected);
    });
  });

  const contracts = [
    ...eventsOf(
      provider,
      fixtures.map((fixture) => fixture.body),
    ),
  ];

  test.each(contracts)("%s folds alike in every order, with repetitions", (id, events) => {
    const about = { id, source: provider.id, externalId: id };
    const inOrder = fold(about, events);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(events, { minLength: events.length }),
        fc.subarray(events),
        (shuffled, repeated) => {
          expect(fold(about, [...shuffled, ...repeated])).toEqual(inOrder);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("never throws on a mangled body, nor reads nonsense out of it", () => {
    const bodies = fixtures.map((fixture) => fixture.body.toString());
    const mangled = fc.oneof(
      mangledText(bodies),
      mangledJson(bodies.filter((body) => body.startsWith("{"))),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(mangled, (body) => {
        expect(wellFormed(normalized(provider, body))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["arrays a million deep", "[".repeat(1_000_000)],
    ["objects a hundred thousand deep", '{"data":'.repeat(100_000) + "1" + "}".repeat(100_000)],
    ["elements a hundred thousand deep", "<a>".repeat(100_000)],
    ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0xc3, 0x28])],
  ])("does not understand %s", (_, body) => {
    expect(normalized(provider, Buffer.from(body)).understood).toBe(false);
  });
});

type Fixture = { name: string; body: Buffer; expected: Normalized };

function fixturesOf(providerId: string): Fixture[] {
  const folder = new URL(`./${providerId}/fixtures/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => /\.(json|xml)$/.test(file) && !file.endsWith(".expected.json"))
    .map((file) => {
      const name = file.replace(/\.(json|xml)$/, "");
      const expected = readFileSync(new URL(`${name}.expected.json`, folder), "utf8");
      return { name, body: readFileSync(new URL(file, folder)), expected: JSON.parse(expected) };
    });
}
