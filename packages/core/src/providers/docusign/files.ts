import { z } from "zod";
import type { Answer, FileCalls, OpenedFile } from "../client.ts";
import { jsonIn, mapAnswer, notCompleted, ok, openedFile, twoFiles } from "../rest.ts";
import type { Api } from "./api.ts";

const documents = new Map([
  ["signed", "combined?certificate=false"],
  ["certificate", "certificate"],
]);

const envelope = z.object({ status: z.string() });

/** The documents in one file and the certificate of completion in another: `EnvelopeDocuments: get`. */
export function filesOf(api: Api): FileCalls {
  return {
    async list(externalId) {
      const answer = await api("GET", at(externalId));
      if (answer.outcome !== "ok") return answer;
      const { status } = envelope.parse(jsonIn(answer.value));
      return status.toLowerCase() === "completed" ? ok([...twoFiles]) : notCompleted;
    },
    async open(externalId, key): Promise<Answer<OpenedFile>> {
      const document = documents.get(key);
      if (document === undefined) return { outcome: "missing" };
      const path = `${at(externalId)}/documents/${document}`;
      const wanted = { accept: "application/pdf", streamed: true };
      return mapAnswer(await api("GET", path, wanted), openedFile);
    },
  };
}

function at(externalId: string): string {
  return `/envelopes/${encodeURIComponent(externalId)}`;
}
