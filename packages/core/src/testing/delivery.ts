import type { IncomingRequest, Provider, Verification } from "../providers/provider.ts";

/** In the form that Standard Webhooks demands; every other provider takes any text. */
export const secrets = {
  old: "whsec_Y291bnRlcnNpZ24tb2xkLXNlY3JldC0wMQ==",
  current: "whsec_Y291bnRlcnNpZ24tbmV3LXNlY3JldC0wMg==",
  other: "whsec_YW5vdGhlci1zb3VyY2Utc2VjcmV0LTAwMw==",
};

export const now = new Date("2026-12-01T12:00:00Z");

/** The body as the vendor delivers it. This file is for the tests of the providers. */
export function delivered(
  provider: Provider,
  body: Uint8Array,
  { secret = secrets.current, at = now }: { secret?: string; at?: Date } = {},
): IncomingRequest {
  const settings = provider.settings.parse({});
  return { method: "POST", ...provider.sign(body, { secrets: [secret], settings, now: at }) };
}

export function verified(
  provider: Provider,
  request: IncomingRequest,
  known: readonly string[] = [secrets.old, secrets.current],
): Verification {
  return provider.verify(request, { secrets: known, settings: provider.settings.parse({}), now });
}

/** Where a delivery carries what proves it: what another secret or another time would change. */
export type Proof = { headers: string[]; query: string[]; bodyPlaces: number[] };

export function proofOf(provider: Provider, body: Uint8Array): Proof {
  const request = delivered(provider, body);
  const others = [
    delivered(provider, body, { secret: secrets.other }),
    delivered(provider, body, { at: hoursFromNow(-1) }),
  ];
  const changing = (part: "headers" | "query") =>
    Object.keys(request[part]).filter((name) =>
      others.some((other) => other[part][name] !== request[part][name]),
    );
  return {
    headers: changing("headers"),
    query: changing("query"),
    bodyPlaces: [...request.body.keys()].filter(
      (place) => others[0]?.body[place] !== request.body[place],
    ),
  };
}

export function hoursFromNow(hours: number): Date {
  return new Date(now.getTime() + hours * 3_600_000);
}

/** Copies of the body, each with one bit changed, at up to 400 places spread over all of it. */
export function withOneBit(body: Uint8Array): Uint8Array[] {
  const step = Math.ceil(body.length / 400);
  const places = [...body.keys()].filter((place) => place % step === 0);
  return [...places, body.length - 1].map((place) => {
    const changed = Buffer.from(body);
    changed[place] = (changed[place] ?? 0) ^ (1 << (place % 8));
    return changed;
  });
}

/** Another character at one place: one that no reader of hex or base64 takes for the same digits. */
export function withCharacter(text: string, place: number): string {
  const at = place % text.length;
  const other = /[0-3]/.test(text.charAt(at)) ? "A" : "0";
  return text.slice(0, at) + other + text.slice(at + 1);
}

/** Copies of the delivery, each with one of the parts that prove it changed at the place. */
export function forgeries(request: IncomingRequest, proof: Proof, place: number) {
  const bodyPlace = proof.bodyPlaces[place % proof.bodyPlaces.length];
  return [
    ...proof.headers.map((name) => ({
      ...request,
      headers: { ...request.headers, [name]: withCharacter(String(request.headers[name]), place) },
    })),
    ...proof.query.map((name) => ({
      ...request,
      query: { ...request.query, [name]: withCharacter(String(request.query[name]), place) },
    })),
    ...(bodyPlace === undefined
      ? []
      : [{ ...request, body: Buffer.from(withCharacterAt(request.body, bodyPlace)) }]),
  ];
}

function withCharacterAt(body: Uint8Array, place: number): Uint8Array {
  const changed = Buffer.from(body);
  changed.write(withCharacter(String.fromCharCode(changed[place] ?? 0), 0), place, "latin1");
  return changed;
}
