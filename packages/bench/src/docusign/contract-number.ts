/** Contracts of the bench are numbered; the number stands in every id and name that must differ. */
const first = 100_000_000_000;

/** Twelve digits, which in templates stand where a contract's own go. */
export const numberMark = "999999999999";

export function digitsOf(contract: number): string {
  return String(first + contract);
}

/** The provider's id of the contract with these digits. */
export function externalIdOf(digits: string): string {
  return `c0ffee0a-7d2a-4b7e-8f10-${digits}`;
}

/** The contract's deals: HubSpot's ids are numbers, Salesforce's 18 letters and digits. */
export function dealIdsOf(digits: string) {
  return { hubspot: digits, salesforce: `006${digits}AAA` };
}
