import { z } from "zod";
import { Settings } from "./schema.ts";

/** countersign.yaml as a JSON Schema, with which editors complete and check it. */
export function settingsJsonSchema(): string {
  const schema = z.toJSONSchema(Settings, { io: "input" });
  return `${JSON.stringify({ ...schema, title: "countersign.yaml" }, null, 2)}\n`;
}
