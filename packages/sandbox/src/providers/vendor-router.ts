import type { HttpCall, Provider } from "@countersign/core";
import type { VendorContract, Walk } from "@countersign/core/testing";
import express, { type Request, type Router } from "express";
import { z } from "zod";

const methods = z.enum(["GET", "POST", "PUT", "DELETE"]);

/**
 * The vendors' own REST APIs, at `/<provider>/api`, to be mounted at `/providers`. Bodies of every type are
 * handed on as text: JSON, forms and signed tokens alike.
 */
export function createVendorRouter(options: {
  vendorSideOf: (providerId: string) => Pick<Provider["vendorSide"], "answer"> | undefined;
  contractsOf: (providerId: string) => readonly VendorContract[];
  /** Hears of a contract that a call has changed, as it is from now on. */
  keep?: (providerId: string, changed: Walk) => void;
  now: () => Date;
}): Router {
  const { vendorSideOf, contractsOf, keep, now } = options;
  const router = express.Router();
  const text = express.text({ type: () => true, limit: "10mb" });
  router.use("/:provider/api", text, (request: Request<{ provider: string }>, response) => {
    const { provider } = request.params;
    const vendorSide = vendorSideOf(provider);
    const method = methods.safeParse(request.method);
    if (vendorSide?.answer === undefined) {
      return response.status(404).json({ error: `The sandbox has no REST API of "${provider}".` });
    }
    if (!method.success) {
      return response
        .status(405)
        .json({ error: "The sandbox answers GET, POST, PUT and DELETE alone." });
    }
    const call = toCall(request, method.data);
    const answer = vendorSide.answer(call, contractsOf(provider), now());
    const { status, headers, body, changed } = answer;
    if (changed !== undefined) keep?.(provider, changed);
    response.status(status).setHeaders(new Headers(headers)).end(body);
  });
  return router;
}

function toCall({ url, headers, body }: Request, method: HttpCall["method"]): HttpCall {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(", ")]],
  );
  const sent = typeof body === "string" ? { body } : {};
  return { method, url, headers: Object.fromEntries(entries), ...sent };
}
