import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { delivered, secrets, verified } from "../testing/delivery.ts";
import { wellFormed } from "../testing/mangle.ts";
import { read } from "../testing/reading.ts";
import { at, stories, walk } from "../testing/walks.ts";
import { providers } from "./index.ts";
import type { IncomingRequest, Provider } from "./provider.ts";

/** For every provider, so that all of them together stay within some seconds. */
const milliseconds = 3_000 / providers.length;

describe.each(providers)("$id", (provider) => {
  const genuine = genuineRequest(provider);

  test("judges and reads any request without throwing, and takes none that was not signed", () => {
    const harmless = fc.property(requestLike(genuine), (request) => {
      expect(verified(provider, request, [secrets.other]).authentic).toBe(false);
      expect(wellFormed(read(provider, request))).toEqual([]);
      expect(provider.reply?.(request).status ?? 200).toBeLessThan(500);
      const context = { settings: provider.settings.parse({}), secrets: [secrets.other] };
      const greeted = provider.handshake?.(
        { ...request, method: "GET" },
        { ...context, now: at(0) },
      );
      expect(greeted?.status ?? 200).toBeLessThan(500);
    });
    fc.assert(harmless, {
      interruptAfterTimeLimit: milliseconds,
      markInterruptAsFailure: false,
      numRuns: 100_000,
    });
  });
});

function genuineRequest(provider: Provider): IncomingRequest {
  const steps = stories[0]?.stages.map(([step]) => step) ?? [];
  const [body = Buffer.alloc(0)] = provider.vendorSide.deliveryBodies(walk, steps);
  return delivered(provider, body);
}

/** Requests made of the parts of a genuine one, of parts like them, and of noise. */
function requestLike(genuine: IncomingRequest): fc.Arbitrary<IncomingRequest> {
  return fc.record({
    method: fc.constantFrom("POST", "GET", ""),
    headers: headersLike(genuine.headers),
    query: queryLike(genuine.query),
    body: bodyLike(Buffer.from(genuine.body)),
  });
}

function headersLike(genuine: IncomingRequest["headers"]) {
  const values = Object.values(genuine).flatMap((value) => value ?? []);
  const value = fc.oneof(fc.constantFrom("", ...values), fc.string({ unit: "binary" }));
  const header = fc.oneof(value, fc.array(value, { maxLength: 3 }), fc.constant(undefined));
  return fc.oneof(
    fc.constant(genuine),
    fc.dictionary(fc.oneof(fc.constantFrom(...Object.keys(genuine)), fc.string()), header),
  );
}

function queryLike(genuine: IncomingRequest["query"]) {
  const names = fc.constantFrom("signature", ...Object.keys(genuine));
  const values = fc.oneof(fc.string(), fc.constantFrom("", ...Object.values(genuine)));
  return fc.oneof(fc.constant(genuine), fc.dictionary(fc.oneof(names, fc.string()), values));
}

function bodyLike(genuine: Buffer): fc.Arbitrary<Uint8Array> {
  const cut = fc
    .tuple(fc.nat({ max: genuine.length }), fc.uint8Array(), fc.nat({ max: genuine.length }))
    .map(([end, noise, start]) =>
      Buffer.concat([genuine.subarray(0, end), noise, genuine.subarray(start)]),
    );
  const json = fc.json({ maxDepth: 5 }).map((text) => Buffer.from(text));
  return fc.oneof(fc.constant(genuine), cut, fc.uint8Array({ maxLength: 2_000 }), json);
}
