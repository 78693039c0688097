/**
 * Who can do something about an error. `transient`: time. `credential`: whoever keeps the keys and grants.
 * `permanent-data`: whoever keeps the CRM's fields and rules, or countersign.yaml. `permanent-target`: whoever
 * keeps the record, or the tie to it.
 */
export type ErrorClass = "transient" | "credential" | "permanent-data" | "permanent-target";

/** What an error's code stands for, and the one thing that mends it. */
export type Cause = { class: ErrorClass; fix: string };

export type Causes = Readonly<Record<string, Cause>>;

/** Causes of one class with one fix. */
export function causesOf(errorClass: ErrorClass, fix: string, codes: readonly string[]): Causes {
  return Object.fromEntries(codes.map((code) => [code, { class: errorClass, fix }]));
}

/** Codes that Countersign itself gives, whatever the CRM. */
const ownCauses: Causes = {
  ...causesOf(
    "permanent-target",
    "Link the contracts to deals that exist, or restore these deals.",
    ["deal-not-found"],
  ),
  ...causesOf(
    "permanent-data",
    "Correct the stage in countersign.yaml; countersign doctor names those that exist.",
    ["unknown-stage", "no-such-pipeline"],
  ),
  ...causesOf(
    "permanent-data",
    "Correct the field in countersign.yaml or in the CRM; countersign doctor says how, countersign setup makes missing ones.",
    ["no-such-field", "read-only-field", "wrong-type", "too-short", "no-such-option"],
  ),
  ...causesOf(
    "permanent-data",
    "Look for the contract at its provider, and attach the file by hand where it is there.",
    ["file-missing", "file-refused", "file-too-large"],
  ),
  ...causesOf(
    "credential",
    "Give the source's key the right to change contracts, or set writeBack: false in countersign.yaml; then resync.",
    ["may-not-write"],
  ),
  ...causesOf(
    "permanent-data",
    "Read what the provider says, and name the deal there by hand where it is wanted; the deal itself is kept true all the same.",
    ["field-refused", "contract-missing"],
  ),
  ...causesOf("credential", "Grant what countersign doctor names.", ["missing-grant"]),
  ...causesOf(
    "transient",
    "See in the logs why the CRM could not be reached; when it can, resync.",
    ["gave-up"],
  ),
};

const unknown: Cause = {
  class: "permanent-data",
  fix: "Read the message, mend what it says in the CRM, and resync.",
};

/** What a code stands for: the CRM's own, one of ours, or one that nobody has listed. */
export function findCause(code: string, causes: Causes): Cause {
  return causes[code] ?? ownCauses[code] ?? unknown;
}
