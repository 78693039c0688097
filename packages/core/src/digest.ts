import { hash } from "node:crypto";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** 128 bits of SHA-256 over the value, in hex. Equal values have equal digests whatever the order of their keys. */
export function digestOf(value: Json): string {
  return hash("sha256", canonical(value)).slice(0, 32);
}

/** JSON with sorted keys and without undefined ones. */
export function canonical(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  let members = "";
  for (const key of Object.keys(value).toSorted()) {
    const inner = value[key];
    if (inner === undefined) continue;
    members += `${members === "" ? "" : ","}${JSON.stringify(key)}:${canonical(inner)}`;
  }
  return `{${members}}`;
}
