import type { Contract, ContractFile, OpenedFile } from "@countersign/core";
import { PermanentError } from "@countersign/store";
import type { AskedResult, AskSource, FinalAnswer } from "../sources/ask-source.ts";
import type { Sources } from "../sources/sources.ts";

type About = Pick<Contract, "source" | "externalId">;

/** The files of contracts, with what a provider says to a reading as the errors that the store knows. */
export type SourceFiles = {
  hasAccess(source: string): boolean;
  list(contract: About): Promise<ContractFile[]>;
  open(contract: About, key: string): Promise<OpenedFile>;
};

/** `onRead` hears of each reading. */
export function readSourceFiles(
  sources: Sources,
  ask: AskSource,
  onRead: (source: string, result: AskedResult) => void,
): SourceFiles {
  const hearOf = (source: string) => (result: AskedResult) => onRead(source, result);
  return {
    hasAccess: (source) => sources.has(source),
    async list({ source, externalId }) {
      const call = ask(source, ({ files }) => files.list(externalId), hearOf(source));
      return valueOf(await call, source);
    },
    async open({ source, externalId }, key) {
      const call = ask(source, ({ files }) => files.open(externalId, key), hearOf(source));
      return valueOf(await call, source);
    },
  };
}

/** What a provider has not made yet will be there later: thrown as a plain error, it is tried again. */
function valueOf<Value>(answer: FinalAnswer<Value>, source: string): Value {
  switch (answer.outcome) {
    case "ok":
      return answer.value;
    case "missing":
      throw new PermanentError(
        "file-missing",
        `The provider of source "${source}" has no such contract or file any more.`,
      );
    case "refused":
      if (answer.code === "not-completed") throw new Error("The provider has no signed file yet.");
      throw new PermanentError(
        "file-refused",
        `The provider of source "${source}" gives no file: ${answer.code}: ${answer.message}`,
      );
  }
}
