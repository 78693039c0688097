import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { settingsJsonSchema } from "./json-schema.ts";

const published = fileURLToPath(new URL("../../../../countersign.schema.json", import.meta.url));

it("is published as it is (vitest -u writes it anew)", async () => {
  await expect(settingsJsonSchema()).toMatchFileSnapshot(published);
});
