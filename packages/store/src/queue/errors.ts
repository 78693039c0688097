/** The vendor said when to come back: the contract is looked at again after that many seconds. */
export class RetryLater extends Error {
  override name = "RetryLater";
  readonly seconds: number;

  constructor(seconds: number, options?: ErrorOptions) {
    super(`Asked to come back in ${seconds} s`, options);
    this.seconds = seconds;
  }
}

/** What was to be done rests on a state that has passed: the contract is read and looked at again at once. */
export class Outdated extends RetryLater {
  override name = "Outdated";

  constructor() {
    super(1);
  }
}

/** Trying again cannot help: recorded in the ledger, shown, and left until the contract changes again. */
export class PermanentError extends Error {
  override name = "PermanentError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The destination refuses our credentials: its whole queue waits, with one alert, until they work. */
export class CredentialError extends Error {
  override name = "CredentialError";
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
