import type { RequestHandler } from "express";
import { buffer } from "node:stream/consumers";

type UploadedFile = { name: string; contentType: string; bytes: Buffer };

/** What a multipart body held; a part with a file name is a file. */
export type Form = { texts: Record<string, string>; files: Record<string, UploadedFile> };

/** Reads multipart/form-data into `request.body` as a `Form`; any other body is left alone. */
export const readForms: RequestHandler = async (request, _response, next) => {
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return next();
  const body = await buffer(request);
  const parts = await new Response(body, { headers: { "content-type": type } }).formData();
  const form: Form = { texts: {}, files: {} };
  for (const [name, value] of parts) {
    if (typeof value === "string") form.texts[name] = value;
    else form.files[name] = await uploaded(value);
  }
  request.body = form;
  next();
};

async function uploaded(file: File): Promise<UploadedFile> {
  const bytes = Buffer.from(await file.arrayBuffer());
  return { name: file.name, contentType: file.type, bytes };
}
