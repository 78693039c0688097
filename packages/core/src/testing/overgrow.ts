import { nodesIn } from "./mangle.ts";

/** The JSON body once for each thing in it, with that one grown beyond all limits. */
export function* overgrown(body: string): Generator<Buffer> {
  const count = nodesIn({ body: JSON.parse(body) }).length;
  for (let place = 0; place < count; place += 1) {
    const root = { body: JSON.parse(body) };
    const node = nodesIn(root)[place];
    if (node === undefined) return;
    const value: unknown = Reflect.get(node.parent, node.key);
    Reflect.set(node.parent, node.key, grown(value));
    yield Buffer.from(JSON.stringify(root.body));
  }
}

const long = "\u0000\u{1F58A}x".repeat(2_000);

function grown(value: unknown): unknown {
  if (typeof value === "string") return value + long;
  if (Array.isArray(value)) return [...value, ...copiesOf(value[0])];
  if (typeof value === "object" && value !== null) return { ...value, ...members };
  return value === null ? long : value;
}

const members = Object.fromEntries(
  Array.from({ length: 300 }, (_, index) => [`field_${index}`, "x"]).concat([[long, long]]),
);

/** Each told from the others by whatever it is known by. */
function copiesOf(first: unknown): unknown[] {
  const text = JSON.stringify(first ?? {});
  return Array.from({ length: 1_100 }, (_, index) =>
    JSON.parse(text, (name, value: unknown) =>
      /(id|name|email\w*)$/i.test(name) ? numbered(value, index + 1) : value,
    ),
  );
}

function numbered(value: unknown, number: number): unknown {
  if (typeof value === "string") return `${value}${number}`;
  return typeof value === "number" ? value + number : value;
}
