import type { Answer, Contract, ContractFile, FileCalls, OpenedFile } from "@countersign/core";
import { PermanentError, RetryLater } from "@countersign/store";
import type { FileSources } from "./sources.ts";

/** How reading a provider's files ended. */
export type ReadResult = Answer<unknown>["outcome"] | "failed";

type About = Pick<Contract, "source" | "externalId">;

/** The files of contracts, with what a provider says to a reading as the errors that the store knows. */
export type SourceFiles = {
  hasAccess(source: string): boolean;
  list(contract: About): Promise<ContractFile[]>;
  open(contract: About, key: string): Promise<OpenedFile>;
};

/** A source whose credentials are refused is asked again after so long. */
const refusedSeconds = 300;

/**
 * `onRead` hears of each reading. While a provider refuses a source's credentials that source alone waits: the
 * others go on, and so does what needs no file.
 */
export function readSourceFiles(
  sources: FileSources,
  ports: { now: () => Date; onRead: (source: string, result: ReadResult) => void },
): SourceFiles {
  const heldUntil = new Map<string, number>();

  async function read<Value>(
    { source }: About,
    call: (calls: FileCalls) => Promise<Answer<Value>>,
  ): Promise<Value> {
    const calls = sources(source);
    if (calls === null) throw new Error("A source without access was asked for files.");
    const wait = (heldUntil.get(source) ?? 0) - ports.now().getTime();
    if (wait > 0) throw new RetryLater(Math.ceil(wait / 1_000));
    let answer: Answer<Value>;
    try {
      answer = await call(calls);
    } catch (error) {
      ports.onRead(source, "failed");
      throw error;
    }
    ports.onRead(source, answer.outcome);
    if (answer.outcome !== "unauthorized") heldUntil.delete(source);
    else heldUntil.set(source, ports.now().getTime() + refusedSeconds * 1_000);
    return valueOf(answer, source);
  }

  return {
    hasAccess: (source) => sources(source) !== null,
    list: (contract) => read(contract, (calls) => calls.list(contract.externalId)),
    open: (contract, key) => read(contract, (calls) => calls.open(contract.externalId, key)),
  };
}

/** What a provider has not made yet will be there later: thrown as a plain error, it is tried again. */
function valueOf<Value>(answer: Answer<Value>, source: string): Value {
  switch (answer.outcome) {
    case "ok":
      return answer.value;
    case "later":
      throw new RetryLater(answer.seconds);
    case "unauthorized":
      throw new RetryLater(refusedSeconds);
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
