import type { Contract } from "@countersign/core";
import type { ContactRecord } from "../crms/crm.ts";
import { signersOf } from "./wanted-values.ts";

/**
 * Which of the deal's contacts a contract's values go to: the one who signs it, in the order of signing; else
 * the deal's first contact; else its only one.
 */
export function chooseContact(
  contract: Pick<Contract, "recipients">,
  contacts: readonly ContactRecord[],
): ContactRecord | { code: "no-contact"; message: string } {
  const signers = signersOf(contract).flatMap(({ email }) => email?.toLowerCase() ?? []);
  const signing = signers
    .map((email) => contacts.find((contact) => contact.email?.toLowerCase() === email))
    .find((contact) => contact !== undefined);
  const [only, ...others] = contacts;
  const found = signing ?? contacts.find(({ primary }) => primary);
  if (found !== undefined) return found;
  if (only !== undefined && others.length === 0) return only;
  const message =
    only === undefined
      ? "The deal has no contact, so the contact's fields are not written."
      : `The deal has ${contacts.length} contacts, and none of them signs the contract: it is not clear whose fields to write, so none are.`;
  return { code: "no-contact", message };
}
