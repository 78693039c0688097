import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createAccount, type Account } from "./account.ts";
import { ok, type Answer, type Asked } from "./answer.ts";
import { createHubspot } from "./hubspot.ts";
import { createSalesforce } from "./salesforce.ts";
import { createSlack } from "./slack.ts";

// Slack, HubSpot and Salesforce at zero delay. The sandbox's fakes keep every call for people to look at and
// put a proxy before Slack, so they do not hold a thousand contracts a second.
const port = Number(process.env["PORT"]);
const accounts = { slack: createAccount(), hubspot: createAccount(), salesforce: createAccount() };
const services = new Map([
  ["slack", createSlack(accounts.slack)],
  ["hubspot", createHubspot(accounts.hubspot)],
  ["salesforce", createSalesforce(accounts.salesforce, `http://127.0.0.1:${port}/salesforce`)],
  ["bench", control],
]);

/** What the bench asks: what was called how often, and when each contract was first named. */
function control({ path }: Asked): Answer {
  switch (path) {
    case "/report":
      return ofEach((account) => account.report());
    case "/arrivals":
      return ofEach((account) => account.arrivals());
    default:
      return ofEach((account) => account.forget());
  }
}

function ofEach(look: (account: Account) => unknown): Answer {
  const { slack, hubspot, salesforce } = accounts;
  return ok({ slack: look(slack), hubspot: look(hubspot), salesforce: look(salesforce) });
}

function answer(request: IncomingMessage, body: string): Answer {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const [, name = "", rest = ""] = /^\/([^/]*)(.*)$/.exec(url.pathname) ?? [];
  if (name === "readyz") return ok({ ready: true });
  const service = services.get(name);
  if (service === undefined) return { status: 404, body: null };
  return service({ method: request.method ?? "", path: rest, query: url.searchParams, body });
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": length });
  response.end(text);
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => send(response, answer(request, Buffer.concat(chunks).toString())));
});
server.keepAliveTimeout = 60_000;
server.listen(port, "127.0.0.1");
