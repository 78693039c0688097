import { createHmac, timingSafeEqual } from "node:crypto";
import express, { type Request } from "express";
import { secret, source } from "../docusign/life.ts";

// The least that an Express endpoint can do and still tell an authentic webhook from another.
const app = express();
app.disable("x-powered-by").disable("etag").set("query parser", "simple");
const body = express.raw({ type: () => true, limit: 25 * 1024 * 1024, inflate: false });
app.post(`/webhooks/${source}`, body, (request, response) => {
  response
    .status(isAuthentic(request) ? 200 : 401)
    .type("text/plain")
    .send("");
});

function isAuthentic(request: Request): boolean {
  const given = Buffer.from(request.get("x-docusign-signature-1") ?? "", "base64");
  const expected = createHmac("sha256", secret).update(request.body).digest();
  return given.length === expected.length && timingSafeEqual(given, expected);
}

app.get("/readyz", (_request, response) => {
  response.json({ ready: true });
});

app.listen(Number(process.env["PORT"]), "127.0.0.1");
