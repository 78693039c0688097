import pg from "pg";

/** In milliseconds. A server that is gone without a word answers neither a statement nor its timeout. */
const patience = 20_000;

type Question = string | pg.QueryConfig<unknown[]>;
/** What each of pg's forms takes can be given as this. */
type Answer = (error: Error, result: never) => void;

/**
 * pg's client, whose statements leave nothing behind. V8 makes a function that is written straight into a property, as in
 * pg's `query.callback = () => …`, in the old generation: each statement with a promise or a `query_timeout` stayed in
 * memory, with its rows, until the next major collection. So both are ours. A connection without an answer is thrown
 * away, and all that was asked on it fails.
 */
export class PatientClient extends pg.Client {
  /** For all of pg's forms, of which each is declared to return something else. */
  override query(
    question: Question | pg.Submittable,
    values?: unknown[] | Answer,
    answer?: Answer,
  ): never;
  override query(
    question: Question | pg.Submittable,
    values?: unknown[] | Answer,
    answer?: Answer,
  ): unknown {
    if (isSubmittable(question)) return super.query(question);
    if (typeof values === "function") return this.#ask(question, undefined, values);
    if (answer !== undefined) return this.#ask(question, values, answer);
    return this.#promise(question, values);
  }

  async #promise(question: Question, values: unknown[] | undefined): Promise<unknown> {
    try {
      return await new Promise((resolve, reject) => {
        const answer = (error: Error | undefined, result: unknown) =>
          error ? reject(error) : resolve(result);
        this.#ask(question, values, answer);
      });
    } catch (error) {
      // The stack that pg gives leads to its socket; this one leads to who asked.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  }

  #ask(question: Question, values: unknown[] | undefined, answer: Answer): void {
    const timer = setTimeout(() => this.#giveUp(), patience);
    const answered = (error: Error | undefined, result: unknown) => {
      clearTimeout(timer);
      Reflect.apply(answer, undefined, [error, result]);
    };
    super.query(new pg.Query(question, values, answered));
  }

  #giveUp(): void {
    this.connection.stream.destroy(
      new Error(`Timeout: PostgreSQL has not answered for ${patience / 1_000} seconds.`),
    );
  }
}

function isSubmittable(question: Question | pg.Submittable): question is pg.Submittable {
  return typeof question !== "string" && "submit" in question;
}
