import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { http } from "./http.ts";

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const said = `${request.method} ${String(request.headers["x-said"])} ${body}`;
      return response.writeHead(418, { "X-Answer": "yes" }).end(said);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
});
afterAll(() => void server.close());

it.each([
  [{ method: "POST", body: "hello" } as const, "POST hi hello"],
  [{ method: "GET" } as const, "GET hi "],
])("makes the call %j and hands on what comes back", async (call, said) => {
  const { status, headers, body } = await http({ ...call, url, headers: { "x-said": "hi" } });
  expect(status).toBe(418);
  expect(headers["x-answer"]).toBe("yes");
  expect(Buffer.from(body).toString()).toBe(said);
});

it("rejects where nobody answers", async () => {
  await new Promise((closed) => server.close(closed));
  await expect(http({ method: "GET", url, headers: {} })).rejects.toThrow("fetch failed");
});
