import { z } from "zod";
import type { Answer, FileCalls, OpenedFile } from "../client.ts";
import { jsonIn, mapAnswer, notCompleted, ok, openedFile, twoFiles } from "../rest.ts";
import { isFinished } from "./agreement.ts";
import type { Api } from "./api.ts";

const parts = new Map([
  ["signed", "combinedDocument"],
  ["certificate", "auditTrail"],
]);

const agreement = z.object({ status: z.string() });

/** GET /agreements/{id}/combinedDocument and /auditTrail, which is a PDF. */
export function filesOf(api: Api): FileCalls {
  return {
    async list(externalId) {
      const answer = await api({ method: "GET", path: at(externalId) });
      if (answer.outcome !== "ok") return answer;
      const { status } = agreement.parse(jsonIn(answer.value));
      return isFinished(status) ? ok([...twoFiles]) : notCompleted;
    },
    async open(externalId, key): Promise<Answer<OpenedFile>> {
      const part = parts.get(key);
      if (part === undefined) return { outcome: "missing" };
      const path = `${at(externalId)}/${part}`;
      return mapAnswer(await api({ method: "GET", path, streamed: true }), openedFile);
    },
  };
}

function at(externalId: string): string {
  return `agreements/${encodeURIComponent(externalId)}`;
}
