import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fold } from "../contract.ts";
import type {
  IncomingRequest,
  Normalized,
  Provider,
  RefusalReason,
} from "../providers/provider.ts";
import {
  delivered,
  forgeries,
  hoursFromNow,
  proofOf,
  secrets,
  verified,
  withOneBit,
  withCharacter,
} from "./delivery.ts";
import { isJson, mangledJson, mangledText, wellFormed, withUnknownFields } from "./mangle.ts";
import { overgrown } from "./overgrow.ts";
import { eventsOf, normalized, read, requestOf } from "./reading.ts";

/** A vendor's body before it is signed, and what is to be read out of it. */
export type Fixture = { name: string; body: Buffer; expected: () => Normalized };

/** What every provider must do with its own bodies, whatever their wire form. */
export function fixtureSuite(provider: Provider, fixtures: Fixture[]): void {
  test("has fixtures", () => {
    expect(fixtures.length).toBeGreaterThan(5);
  });

  describe.each(fixtures)("$name", (fixture) => {
    verifySuite(provider, fixture);
  });

  test.each(fixtures)("reads $name as expected", ({ body, expected }) => {
    expect(normalized(provider, body)).toEqual(expected());
  });

  test("names the host of every page that it links to, and no other", () => {
    const descriptions = fixtures.flatMap(({ expected }) => descriptionsIn(expected()));
    const hosts = descriptions.flatMap(({ url }) => URL.parse(url ?? "")?.hostname ?? []);
    const named = provider.pageHosts(provider.settings.parse({}));
    expect([...named].toSorted()).toEqual([...new Set(hosts)].toSorted());
  });

  foldSuite(provider, fixtures);
  mangleSuite(provider, fixtures);
}

function verifySuite(provider: Provider, { body }: Fixture): void {
  const request = () => delivered(provider, body);
  const signed = (secret: string) => delivered(provider, body, { secret });
  const isTaken = (forged: IncomingRequest) => verified(provider, forged).authentic;

  test("is authentic by any of the secrets", () => {
    expect(verified(provider, request())).toEqual({ authentic: true, secretIndex: 1 });
  });

  test("is refused with one character of its proof changed", () => {
    const proof = proofOf(provider, body);
    expect(forgeries(request(), proof, 0)).not.toEqual([]);
    const refused = fc.property(fc.nat(), (place) => {
      expect(forgeries(request(), proof, place).some(isTaken)).toBe(false);
    });
    fc.assert(refused, { numRuns: 30 });
  });

  test("is refused with one bit changed anywhere, or its provider marked as proving no body", () => {
    const changed = withOneBit(request().body).map((other) => ({ ...request(), body: other }));
    expect(changed.some(isTaken)).toBe(provider.bodyProof === "none");
  });

  test("is refused when it is an hour old, or an hour early, where its proof says when", () => {
    for (const at of [hoursFromNow(-1), hoursFromNow(1)]) {
      const other = delivered(provider, body, { at });
      const isDated = partsOf(other) !== partsOf(request());
      const tooOld = { authentic: false, reason: "too-old" };
      expect(verified(provider, other)).toEqual(isDated ? tooOld : verified(provider, request()));
    }
  });

  test.each<[string, () => IncomingRequest, RefusalReason[]]>([
    ["without headers", () => ({ ...request(), headers: {}, query: {} }), ["no-signature"]],
    ["with another source's secret", () => signed(secrets.other), ["bad-signature"]],
    ["signed with an empty secret", () => signed(""), ["bad-signature", "no-signature"]],
  ])("is refused %s", (_, refused, reasons) => {
    const verification = verified(provider, refused(), ["", secrets.old, secrets.current]);
    expect(reasons).toContain(verification.authentic ? null : verification.reason);
  });

  test("is refused where no secret is set", () => {
    const refused = { authentic: false, reason: "no-secret" };
    expect(verified(provider, request(), [])).toEqual(refused);
    expect(verified(provider, signed(""), [""])).toEqual(refused);
  });

  test("is judged where a header is doubled, and refused where both are wrong", () => {
    const { headers } = proofOf(provider, body);
    for (const [name, value] of Object.entries(request().headers)) {
      const right = String(value);
      const [wrong, worse] = [withCharacter(right, 9), withCharacter(right, 8)];
      const taken = (doubled: string | string[]) =>
        isTaken({ ...request(), headers: { ...request().headers, [name]: doubled } });
      const mixed = [[wrong, right], [right, wrong], [right, right], `${wrong}, ${right}`];
      expect(mixed.map(taken)).toHaveLength(mixed.length);
      if (!headers.includes(name)) continue;
      expect([[wrong, worse], `${wrong}, ${worse}`].some(taken)).toBe(false);
    }
  });
}

function partsOf({ headers, query }: { headers: object; query: object }): string {
  return JSON.stringify([headers, query]);
}

function foldSuite(provider: Provider, fixtures: Fixture[]): void {
  test("every contract of the fixtures folds alike in every order, with repetitions", () => {
    const contracts = eventsOf(
      provider,
      fixtures.map((fixture) => fixture.body),
    );
    expect(contracts.size).toBeGreaterThan(0);
    for (const [id, events] of contracts) {
      const about = { id, source: provider.id, externalId: id };
      const inOrder = fold(about, events);
      const anyOrder = fc.shuffledSubarray(events, { minLength: events.length });
      const alike = fc.property(anyOrder, fc.subarray(events), (shuffled, repeated) => {
        expect(fold(about, [...shuffled, ...repeated])).toEqual(inOrder);
      });
      fc.assert(alike, { numRuns: 50 });
    }
  });
}

function mangleSuite(provider: Provider, fixtures: Fixture[]): void {
  const bodies = fixtures.map((fixture) => fixture.body.toString());
  const jsons = bodies.filter(isJson);

  test("never throws on a mangled body, nor reads nonsense out of it", () => {
    const mangled = fc.oneof(
      mangledText(bodies),
      ...(jsons.length === 0 ? [] : [mangledJson(jsons)]),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    );
    const harmless = fc.property(mangled, (body) => {
      expect(wellFormed(normalized(provider, body))).toEqual([]);
      expect(wellFormed(read(provider, requestOf(body)))).toEqual([]);
    });
    fc.assert(harmless, { numRuns: 1_000 });
  });

  test("keeps no more of anything than its limit", () => {
    const largest = jsons.toSorted((a, b) => b.length - a.length).slice(0, 2);
    const read = largest
      .flatMap((body) => [...overgrown(body)])
      .map((body) => normalized(provider, body));
    expect(read.filter(({ understood }) => understood).length).toBeGreaterThan(read.length / 2);
    expect(read.flatMap(wellFormed)).toEqual([]);
  });

  test("fields that nobody knows change nothing that happened", () => {
    for (const body of jsons) {
      const widened = normalized(provider, withUnknownFields(body));
      expect(happeningsIn(widened)).toEqual(happeningsIn(normalized(provider, Buffer.from(body))));
    }
  });

  test.each([
    ["nothing", ""],
    ["null", "null"],
    ["a list", "[]"],
    ["arrays a million deep", "[".repeat(1_000_000)],
    ["objects a hundred thousand deep", '{"data":'.repeat(100_000) + "1" + "}".repeat(100_000)],
    ["elements a hundred thousand deep", "<a>".repeat(100_000)],
    ["bytes that are no UTF-8", Buffer.from([0xff, 0xfe, 0xc3, 0x28])],
  ])("reads nothing out of %s", (_, text) => {
    const body = Buffer.from(text);
    expect(happeningsIn(normalized(provider, body))).toEqual([]);
    expect(happeningsIn(read(provider, requestOf(body)))).toEqual([]);
  });
}

function descriptionsIn(result: Normalized): { url?: string | null | undefined }[] {
  const reports = result.understood ? result.reports : [];
  return reports.flatMap(({ facts }) => facts.flatMap(({ description }) => description ?? []));
}

/** Without descriptions, whose free fields are read as they come. */
function happeningsIn(result: Normalized): unknown[] {
  const reports = result.understood ? result.reports : [];
  return reports.map(({ externalId, facts }) => ({
    externalId,
    facts: facts.filter((fact) => fact.description === null),
  }));
}
