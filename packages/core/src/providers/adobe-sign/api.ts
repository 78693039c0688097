import { z } from "zod";
import type { Answer, Http, HttpAnswer, HttpCall } from "../client.ts";
import { jsonIn, ok, outcomeOf } from "../rest.ts";
import { webAddress } from "../web-address.ts";

/** `integrationKey`: of the account, under "Acrobat Sign API", with the scope `agreement_read`. */
export const access = z.object({
  integrationKey: z.string().min(1),
  /** Where Adobe says which shard the account lives on. */
  baseUrl: webAddress.default("https://api.adobesign.com"),
});

export type Access = z.infer<typeof access>;

type ApiCall = Pick<HttpCall, "method" | "streamed"> & { path: string; body?: object };

type ApiAnswer = HttpAnswer & { url: string };

/** Makes a call to REST v6; `path` is what follows its root. */
export type Api = (call: ApiCall) => Promise<Answer<ApiAnswer>>;

const error = z.object({ code: z.string().optional(), message: z.string().optional() });

/** Asks once per connection for the account's own address: GET /baseUris, as Adobe demands. */
export function connectTo({ integrationKey, baseUrl }: Access, http: Http): Api {
  const headers = { authorization: `Bearer ${integrationKey}`, accept: "application/json" };
  const make = async (call: HttpCall) =>
    outcomeOf(await http(call), (body) => error.safeParse(body).data ?? {});
  let root: string | undefined;
  const findRoot = async (): Promise<Answer<string>> => {
    if (root !== undefined) return ok(root);
    const url = `${baseUrl.replace(/\/$/, "")}/api/rest/v6/baseUris`;
    const answer = await make({ method: "GET", url, headers });
    if (answer.outcome !== "ok") return answer;
    root = rootIn(answer.value, baseUrl);
    return ok(root);
  };
  return async ({ method, path, body, streamed = false }) => {
    const found = await findRoot();
    if (found.outcome !== "ok") return found;
    const url = `${found.value}api/rest/v6/${path}`;
    const answer = await make({
      method,
      url,
      streamed,
      headers: { ...headers, ...typeOf(body) },
      ...sent(body),
    });
    return answer.outcome === "ok" ? ok({ ...answer.value, url }) : answer;
  };
}

/** Adobe's is absolute. A relative one, as of a stand-in for Adobe, counts from the base. */
function rootIn(answer: HttpAnswer, baseUrl: string): string {
  const { apiAccessPoint } = z.object({ apiAccessPoint: z.string() }).parse(jsonIn(answer));
  return new URL(`${apiAccessPoint.replace(/\/$/, "")}/`, `${baseUrl.replace(/\/$/, "")}/`).href;
}

function typeOf(body: object | undefined): Record<string, string> {
  return body === undefined ? {} : { "content-type": "application/json" };
}

function sent(body: object | undefined): { body?: string } {
  return body === undefined ? {} : { body: JSON.stringify(body) };
}
