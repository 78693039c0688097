import { randomUUID } from "node:crypto";
import { readText } from "@countersign/service";
import type { z } from "zod";
import type { Lasting, NewFile } from "../attachments.ts";
import { refuseLate } from "../not-sent.ts";
import type { Session } from "./session.ts";

/** Makes a record with a file, which is read as it is sent. Rejects as jsforce does, and with NotSent. */
export type Upload = <Schema extends z.ZodType>(
  path: string,
  fields: object,
  file: Pick<NewFile, "content" | "contentType" | "marker" | "extension">,
  answer: Schema,
  lasting: Lasting,
) => Promise<z.infer<Schema>>;

/**
 * By multipart, which takes up to 2 GB (REST API, "Insert or Update Blob Data"). No redirect is followed: a contract
 * goes nowhere else.
 */
export function createUpload(session: Session, timeout: number): Upload {
  return (path, fields, file, answer, { isHeld, signal }) =>
    session.use(async ({ version, instanceUrl, accessToken }) => {
      refuseLate(isHeld);
      const boundary = `countersign-${randomUUID()}`;
      const response = await fetch(`${instanceUrl}/services/data/v${version}${path}`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${accessToken}`,
          "content-type": `multipart/form-data; boundary="${boundary}"`,
        },
        body: bodyOf(fields, file, boundary),
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      });
      const text = await readText(response);
      if (!response.ok) throw refusalOf(response.status, text);
      return answer.parse(JSON.parse(text));
    });
}

function bodyOf(
  fields: object,
  { content, contentType, marker, extension }: Parameters<Upload>[2],
  boundary: string,
): Blob {
  const head = [
    `--${boundary}`,
    'Content-Disposition: form-data; name="entity_content"',
    "Content-Type: application/json",
    "",
    JSON.stringify(fields),
    `--${boundary}`,
    `Content-Disposition: form-data; name="VersionData"; filename="${marker}.${extension}"`,
    `Content-Type: ${contentType}`,
    "",
    "",
  ];
  return new Blob([head.join("\r\n"), content, `\r\n--${boundary}--\r\n`]);
}

/** In the shape in which jsforce throws it, so that it is translated alike. */
function refusalOf(status: number, text: string): Error {
  const errorCode = `ERROR_HTTP_${status}`;
  return Object.assign(new Error(text.slice(0, 200)), { errorCode, data: parse(text) });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
