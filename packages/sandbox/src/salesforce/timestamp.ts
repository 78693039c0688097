/**
 * A dateTime as Salesforce keeps and shows it: whole seconds, and the zone as +0000, without a colon
 * (developer.salesforce.com, SOAP API, "Primitive Data Types").
 */
export function timestamp(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}.000+0000`;
}
