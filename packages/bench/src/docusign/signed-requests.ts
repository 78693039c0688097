import { createHmac } from "node:crypto";
import { digitsOf, numberMark } from "./contract-number.ts";
import { secret, source } from "./life.ts";

/** HTTP requests, ready to be written to a socket. */
export type SignedRequests = { count: number; at: (index: number) => Buffer };

/** Whose delivery is sent when: the contract's number and the place in its life. */
export type Turn = { contract: number; delivery: number };

const signatureMark = "=".repeat(44);

type Template = { bytes: Buffer; body: number; signature: number; numbers: number[] };

/**
 * The requests of all turns, signed as DocuSign does (base64 HMAC-SHA256 of the body), in one piece of
 * memory: nothing is left to do while the clock runs.
 */
export function signRequests(lives: Uint8Array[][], turns: readonly Turn[]): SignedRequests {
  const templates = lives.map((life) => life.map(toTemplate));
  const chosen = turns.map(({ contract, delivery }) => {
    const template = templates[contract % templates.length]?.[delivery];
    if (template === undefined) throw new Error(`A life has no delivery ${delivery}.`);
    return template;
  });
  const starts = [0];
  for (const { bytes } of chosen) starts.push((starts.at(-1) ?? 0) + bytes.length);
  const all = Buffer.allocUnsafeSlow(starts.at(-1) ?? 0);
  for (const [index, template] of chosen.entries()) {
    fill(all.subarray(starts[index], starts[index + 1]), template, turns[index]?.contract ?? 0);
  }
  return { count: turns.length, at: (index) => all.subarray(starts[index], starts[index + 1]) };
}

function toTemplate(body: Uint8Array): Template {
  const head = Buffer.from(
    [
      `POST /webhooks/${source} HTTP/1.1`,
      "Host: 127.0.0.1",
      "Content-Type: application/json; charset=utf-8",
      "User-Agent: bench",
      "X-Authorization-Digest: HMACSHA256",
      `X-DocuSign-Signature-1: ${signatureMark}`,
      `Content-Length: ${body.length}`,
      "\r\n",
    ].join("\r\n"),
  );
  const bytes = Buffer.concat([head, body]);
  return {
    bytes,
    body: head.length,
    signature: head.indexOf(signatureMark),
    numbers: placesOf(bytes, numberMark),
  };
}

function placesOf(bytes: Buffer, text: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) places.push(at);
  return places;
}

function fill(request: Buffer, template: Template, contract: number): void {
  template.bytes.copy(request);
  const digits = digitsOf(contract);
  for (const place of template.numbers) request.write(digits, place, "latin1");
  const hmac = createHmac("sha256", secret).update(request.subarray(template.body));
  request.write(hmac.digest("base64"), template.signature, "latin1");
}
