import { createAskSource } from "../sources/ask-source.ts";
import { createSourceFields } from "../write-back/source-fields.ts";

/** What crm-sync has where no source has access to its provider. */
export const noFields = createSourceFields(
  new Map(),
  createAskSource(new Map(), () => new Date()),
  () => undefined,
);
