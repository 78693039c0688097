import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { http, NoAnswer } from "./http.ts";

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      const said = `${request.method} ${String(request.headers["x-said"])} ${body}`;
      return response.writeHead(418, { "X-Answer": "yes" }).end(said);
    });
  });
  url = await listen(server);
});
afterAll(() => void server.close());

async function listen(at: Server): Promise<string> {
  await new Promise<void>((listening) => at.listen(0, "127.0.0.1", listening));
  const address = at.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
}

it.each([
  [{ method: "POST", body: "hello" } as const, "POST hi hello"],
  [{ method: "GET" } as const, "GET hi "],
])("makes the call %j and hands on what comes back", async (call, said) => {
  const { status, headers, body } = await http({ ...call, url, headers: { "x-said": "hi" } });
  expect(status).toBe(418);
  expect(headers["x-answer"]).toBe("yes");
  expect(Buffer.from(body).toString()).toBe(said);
});

it("hands a success on as it comes: its first part before the last is sent", async () => {
  const rest = Promise.withResolvers<void>();
  const halves = createServer((_request, response) => {
    response.write("first ");
    void rest.promise.then(() => response.end("last"));
  });
  const address = await listen(halves);
  const { status, body, stream } = await http({
    method: "GET",
    url: address,
    headers: {},
    streamed: true,
  });
  expect([status, body.length]).toEqual([200, 0]);
  const parts: string[] = [];
  for await (const part of stream ?? []) {
    parts.push(Buffer.from(part).toString());
    rest.resolve();
  }
  expect(parts).toEqual(["first ", "last"]);
  halves.close();
});

it("reads a refusal whole, also where a success would be streamed", async () => {
  const answer = await http({ method: "GET", url, headers: { "x-said": "hi" }, streamed: true });
  expect(answer.stream).toBeUndefined();
  expect(Buffer.from(answer.body).toString()).toBe("GET hi ");
});

it("rejects in the middle of a body that is cut off", async () => {
  const cutting = createServer((request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("first ");
    setTimeout(() => request.socket.destroy(), 20);
  });
  const address = await listen(cutting);
  const { stream } = await http({ method: "GET", url: address, headers: {}, streamed: true });
  if (stream === undefined) throw new Error("It was not streamed.");
  await expect(text(stream)).rejects.toThrow(/terminated|closed/);
  cutting.close();
});

/** A server that sends everybody on elsewhere, with a body that never ends. */
async function sendingOn(status: number, location: string): Promise<string> {
  const sender = createServer((_request, response) => {
    response.writeHead(status, { location }).write("elsewhere");
  });
  onTestFinished(() => sender.close().closeAllConnections());
  return listen(sender);
}

/** A server of another origin, and whom it has heard. */
async function elsewhere(): Promise<{ address: string; heard: IncomingHttpHeaders[] }> {
  const heard: IncomingHttpHeaders[] = [];
  const other = createServer(({ headers }, response) => {
    heard.push(headers);
    response.end("the file");
  });
  onTestFinished(() => other.close().closeAllConnections());
  return { address: await listen(other), heard };
}

it.each([false, true])(
  "follows a redirect to another origin without the key, streamed: %s",
  async (streamed) => {
    const { address, heard } = await elsewhere();
    const answer = await http({
      method: "GET",
      url: await sendingOn(307, address),
      headers: { "x-auth-token": "key" },
      streamed,
    });
    expect(answer.status).toBe(200);
    expect(await text(answer.stream ?? new Blob([answer.body]).stream())).toBe("the file");
    expect(heard).toHaveLength(1);
    expect(heard[0]).not.toHaveProperty("x-auth-token");
  },
);

it("hands on the redirect of what is no GET, and sends its body nowhere else", async () => {
  const { address, heard } = await elsewhere();
  const sender = createServer((_request, response) => {
    response.writeHead(307, { location: address }).end("elsewhere");
  });
  onTestFinished(() => sender.close().closeAllConnections());
  const call = { method: "PUT", headers: { "x-auth-token": "key" }, body: "{}" } as const;
  const answer = await http({ ...call, url: await listen(sender) });
  expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([307, "elsewhere"]);
  expect(heard).toEqual([]);
});

it("follows five redirects and hands on the sixth", async () => {
  const paths: string[] = [];
  const circle = createServer((request, response) => {
    paths.push(`${request.url} ${String(request.headers["x-said"])}`);
    response.writeHead(302, { location: `/${paths.length}` }).end();
  });
  onTestFinished(() => circle.close().closeAllConnections());
  const answer = await http({
    method: "GET",
    url: await listen(circle),
    headers: { "x-said": "hi" },
  });
  expect(answer.status).toBe(302);
  expect(paths).toEqual(["/ hi", "/1 hi", "/2 hi", "/3 hi", "/4 hi", "/5 hi"]);
});

it("says whose answer did not come, and nothing of the call", async () => {
  await new Promise((closed) => server.close(closed));
  const calling = http({ method: "GET", url: `${url}?key=secret`, headers: {} });
  const { host } = new URL(url);
  await expect(calling).rejects.toThrow(new NoAnswer(`${host} gave no answer.`));
  await expect(calling).rejects.toHaveProperty("cause.message", "fetch failed");
});
