import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { datedHubspotSpec } from "./hubspot-spec.ts";
import { startPrismProcess } from "./prism-process.ts";
import { startRecordingProxy, type Violation } from "./recording-proxy.ts";
import { strictSalesforceSpec } from "./salesforce-spec.ts";

export type { Violation } from "./recording-proxy.ts";

export type Prism = AsyncDisposable & {
  /** Give this to the client instead of the fake's address. */
  url: string;
  /** Everything seen so far that breaks the description; a test expects []. */
  violations(): Violation[];
  /** `METHOD /path` of the calls that the description does not have, so that nobody judged them. */
  unjudged(): string[];
};

export type PrismOptions = {
  /** An OpenAPI file. */
  specPath: string;
  /** The fake's address with its mount path, without a slash at the end. */
  upstream: string;
  /** Default: a free one. */
  port?: number;
};

/** Puts a third party's description between a client and a fake: client -> recorder -> `prism proxy` -> fake. */
export async function startPrism({ specPath, upstream, port = 0 }: PrismOptions): Promise<Prism> {
  await using stack = new AsyncDisposableStack();
  const prism = await startPrismProcess(specPath, upstream);
  stack.defer(() => prism.stop());
  const proxy = await startRecordingProxy(prism.url, upstream, port);
  stack.defer(() => proxy.stop());
  const { violations, unjudged } = proxy.recorded;
  const kept = stack.move();
  return {
    url: proxy.url,
    violations: () => violations,
    unjudged: () => unjudged,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

type Upstream = Omit<PrismOptions, "specPath">;

const specs = new URL("../../specs/", import.meta.url);
const hubspotSpec = new URL("hubspot/hubspot-crm-v3-v4.rebuilt.json", specs);
const salesforceSpec = new URL("salesforce/sobjects-v59.subset.json", specs);

/** `apiVersion`: the dated version whose paths are judged too, for example "2026-09". */
export async function judgeHubspot({
  apiVersion,
  ...upstream
}: Upstream & { apiVersion?: string }): Promise<Prism> {
  if (apiVersion === undefined) {
    return startPrism({ specPath: fileURLToPath(hubspotSpec), ...upstream });
  }
  const spec: unknown = JSON.parse(await readFile(hubspotSpec, "utf8"));
  return judgeBy(datedHubspotSpec(spec, apiVersion), upstream);
}

/** `apiVersion` as the app uses it, for example "60.0". The description itself is of 59.0. */
export async function judgeSalesforce(options: Upstream & { apiVersion: string }): Promise<Prism> {
  const { apiVersion, ...upstream } = options;
  const spec: unknown = JSON.parse(await readFile(salesforceSpec, "utf8"));
  return judgeBy(strictSalesforceSpec(spec, apiVersion), upstream);
}

async function judgeBy(spec: unknown, upstream: Upstream): Promise<Prism> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "countersign-prism-"));
  // Prism watches its file and ends when it goes, so the folder stays until Prism has stopped.
  stack.defer(() => rm(folder, { recursive: true }));
  const specPath = join(folder, "description.json");
  await writeFile(specPath, JSON.stringify(spec));
  const prism = stack.use(await startPrism({ specPath, ...upstream }));
  const kept = stack.move();
  return { ...prism, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}
