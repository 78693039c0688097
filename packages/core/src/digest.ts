import { hash } from "node:crypto";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** 128 bits of SHA-256 over the value, in hex. Equal values have equal digests whatever the order of their keys. */
export function digestOf(value: Json): string {
  return hash("sha256", canonical(value)).slice(0, 32);
}

/** JSON with sorted keys and without undefined ones. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`);
  return `{${entries.join(",")}}`;
}
