import type { Contract, OpenedField } from "@countersign/core";
import { PermanentError, RetryLater } from "@countersign/store";
import { heard, type AskedResult, type AskSource } from "../sources/ask-source.ts";
import type { Sources } from "../sources/sources.ts";

type About = Pick<Contract, "source" | "externalId">;

/** A contract's field at its provider. `write` throws RetryLater and PermanentError. */
export type SourceField = Pick<OpenedField, "value" | "obstacle"> & {
  write(value: string | null): Promise<void>;
};

/** The custom fields of contracts, with what a provider says as the errors that the store knows. */
export type SourceFields = {
  /** Whether the source has access to a provider that lets fields be changed, and whether also when a contract has ended. */
  can(source: string): "change" | "change-until-the-end" | "not";
  /** Of any source. */
  canAny(): boolean;
  /** Throws RetryLater and PermanentError. */
  open(contract: About, name: string): Promise<SourceField>;
};

/** `onCall` hears of each call. */
export function createSourceFields(
  sources: Sources,
  ask: AskSource,
  onCall: (source: string, operation: "read" | "write", result: AskedResult) => void,
): SourceFields {
  async function read({ source, externalId }: About, name: string): Promise<OpenedField> {
    const answer = await ask(
      source,
      async ({ fields }) => (await fields?.open(externalId, name)) ?? { outcome: "missing" },
      (result) => onCall(source, "read", result),
    );
    if (answer.outcome === "ok") return answer.value;
    throw answer.outcome === "missing" ? missing(source) : refused(source, answer);
  }

  async function write(about: About, name: string, field: OpenedField, value: string | null) {
    const { source } = about;
    const hear = (result: AskedResult) => onCall(source, "write", result);
    const answer = await heard(() => field.write(value), hear);
    switch (answer.outcome) {
      case "ok":
        return;
      case "later":
        throw new RetryLater(answer.seconds);
      case "missing":
        throw missing(source);
      case "refused":
        throw refused(source, answer);
      case "unauthorized":
        // Of credentials that are refused altogether, reading tells, and the source waits.
        await read(about, name);
        throw new PermanentError(
          "may-not-write",
          `The credentials of source "${source}" may read contracts and not change them: ${answer.message}. Give them that right, or set writeBack: false in countersign.yaml.`,
        );
    }
  }

  return {
    can(source) {
      const fields = sources.get(source)?.fields;
      if (fields === undefined) return "not";
      return fields.afterEnd ? "change" : "change-until-the-end";
    },
    canAny: () => [...sources.values()].some(({ fields }) => fields !== undefined),
    async open(about, name) {
      const field = await read(about, name);
      const { value, obstacle } = field;
      return { value, obstacle, write: (next) => write(about, name, field, next) };
    },
  };
}

function missing(source: string): PermanentError {
  const message = `The provider of source "${source}" has no such contract any more.`;
  return new PermanentError("contract-missing", message);
}

function refused(source: string, { code, message }: { code: string; message: string }) {
  const said = `The provider of source "${source}" does not take the field: ${code}: ${message}`;
  return new PermanentError("field-refused", said);
}
