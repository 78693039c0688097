import { z } from "zod";
import { webAddress } from "../web-address.ts";

/** Dotted paths from the top of the body, the first that leads somewhere wins. */
const paths = (...defaults: string[]) => z.array(z.string().min(1)).default(defaults);

/**
 * ziasign.com/docs/webhooks names the header and the algorithm, but neither the digest's encoding nor the
 * body's shape is published in full. The defaults accept what is usual; a source may pin what it sees.
 */
export const settings = z.object({
  signatureHeader: z.string().min(1).toLowerCase().default("x-webhook-signature"),
  signatureEncoding: z.enum(["auto", "hex", "base64"]).default("auto"),
  /** Taken off the signature where it is there. */
  signaturePrefix: z.string().default("sha256="),
  eventPaths: paths("event", "type", "eventType", "event_type"),
  documentPaths: paths("data.document", "data", "document", "payload"),
  /** Names of the document's id within the document. */
  idNames: paths("id", "documentId", "document_id"),
  timePaths: paths(
    "timestamp",
    "createdAt",
    "created_at",
    "occurredAt",
    "data.timestamp",
    "data.occurredAt",
  ),
  /** Where people open a document, `{id}` standing for its id. ZiaSign publishes no such address. */
  documentUrl: webAddress.optional(),
});

export type Settings = z.infer<typeof settings>;
