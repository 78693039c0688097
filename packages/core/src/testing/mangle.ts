import * as fc from "fast-check";
import { eventTypes, type ContractDescription } from "../contract-event.ts";
import { limits } from "../limits.ts";
import type { Normalized } from "../providers/provider.ts";

/** What foreign data may have where it should not. For tests. */
const oddities: unknown[] = [
  undefined,
  null,
  true,
  0,
  -1,
  1e308,
  "",
  " \u0000\uD800",
  "x".repeat(5_000),
  "2026-02-30T25:61:61Z",
  [],
  [null, [], {}, "x"],
  {},
  JSON.parse('{"__proto__":{"id":"x"},"constructor":1,"length":-1}'),
  Array.from({ length: 600 }, (_, index) => ({ recipientId: String(index), id: index })),
];

/** One of the JSON bodies with up to five of its nodes dropped or replaced. */
export function mangledJson(bodies: readonly string[]): fc.Arbitrary<Buffer> {
  const wound = fc.tuple(fc.nat(), fc.constantFrom(...oddities));
  return fc
    .tuple(fc.constantFrom(...bodies), fc.array(wound, { minLength: 1, maxLength: 5 }))
    .map(([body, wounds]) => {
      const root = { body: JSON.parse(body) };
      for (const [place, oddity] of wounds) {
        const nodes = nodesIn(root);
        const node = nodes[place % nodes.length];
        if (node) Reflect.set(node.parent, node.key, structuredClone(oddity));
      }
      return Buffer.from(JSON.stringify(root.body) ?? "");
    });
}

/** The JSON body with a field that nobody knows in each of its objects. */
export function withUnknownFields(body: string): Buffer {
  const root = { body: JSON.parse(body) };
  for (const { parent, key } of nodesIn(root)) {
    const node: unknown = Reflect.get(parent, key);
    if (typeof node !== "object" || node === null || Array.isArray(node)) continue;
    Reflect.set(node, "x_unknown", { since: [2027, null, "x"] });
  }
  return Buffer.from(JSON.stringify(root.body));
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Everything in it, with where it stands. */
export function nodesIn(parent: object): { parent: object; key: string }[] {
  return Object.entries(parent).flatMap(([key, value]) => [
    { parent, key },
    ...(typeof value === "object" && value !== null ? nodesIn(value) : []),
  ]);
}

/** One of the bodies cut off, or with a stretch of it replaced by other text. */
export function mangledText(bodies: readonly string[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...bodies), fc.nat(), fc.nat({ max: 60 }), fc.string(), fc.boolean())
    .map(([body, place, length, text, cut]) => {
      const at = place % (body.length + 1);
      return Buffer.from(
        cut ? body.slice(0, at) : body.slice(0, at) + text + body.slice(at + length),
      );
    });
}

/** What is wrong with a result: nothing, if it may be stored. */
export function wellFormed(result: Normalized): string[] {
  if (!result.understood) return /^[a-z-]{1,40}$/.test(result.reason) ? [] : [result.reason];
  if (result.reports.length > limits.reports) return ["reports"];
  return result.reports.flatMap(({ externalId, facts }) => [
    ...tooLong("externalId", externalId, limits.externalId),
    ...facts.flatMap((fact) => [
      ...(eventTypes.includes(fact.type) ? [] : [`type ${fact.type}`]),
      ...(isInstant(fact.occurredAt) ? [] : [`occurredAt ${fact.occurredAt}`]),
      ...tooLong("recipient", fact.recipient, limits.email),
      ...tooLong("occurrence", fact.occurrence, 1_000),
      ...tooLong("reason", fact.reason, limits.reason),
      ...tooLong("note", fact.note, limits.note),
      ...wrongIn(fact.description ?? {}),
    ]),
    ...(/\\u0000|\\ud[89a-f]/.test(JSON.stringify(facts)) ? ["NUL or half a character"] : []),
  ]);
}

function wrongIn(description: ContractDescription): string[] {
  const { title = "", recipients = [], fields = {}, sender, amount, url = "" } = description;
  const { expiresAt } = description;
  return [
    ...tooLong("title", title, limits.title),
    ...tooLong("url", url, limits.url),
    ...(typeof expiresAt === "string" && !isInstant(expiresAt) ? ["expiresAt"] : []),
    ...(amount && !Number.isFinite(amount.value) ? ["amount"] : []),
    ...tooLong("currency", amount?.currency ?? "", limits.note),
    ...[sender ?? {}, ...recipients].flatMap(wrongInPerson),
    ...(recipients.length > limits.recipients ? ["recipients"] : []),
    ...recipients.flatMap(({ key, role = "", order = 1 }) => [
      ...tooLong("key", key, limits.email),
      ...tooLong("role", role, limits.note),
      ...(Number.isSafeInteger(order) ? [] : ["order"]),
    ]),
    ...(Object.keys(fields).length > limits.fields ? ["fields"] : []),
    ...Object.keys(fields).flatMap((name) => tooLong("field name", name, limits.fieldName)),
    ...Object.values(fields).flatMap((value) => tooLong("field", value, limits.fieldValue)),
    ...(new Set(recipients.map((one) => one.key)).size < recipients.length ? ["keys twice"] : []),
  ];
}

function wrongInPerson({ name = "", email = "" }: { name?: string; email?: string }): string[] {
  return [...tooLong("name", name, limits.name), ...tooLong("email", email, limits.email)];
}

function tooLong(what: string, text: string | null, length: number): string[] {
  return (text ?? "").length > length ? [`${what} too long`] : [];
}

function isInstant(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text;
}
