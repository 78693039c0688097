// What is said of who somebody is by e-mail.

import { person, type Piece } from "../blocks/answer.ts";
import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";

const address = (email: string) => quote(email, quoteLimits.name);

export const connectWords = {
  notAnAddress: (typed: string) =>
    `“${quote(typed, quoteLimits.name)}” is not an e-mail address. Say /contract connect <your address at the providers and in the CRM>.`,
  knownAs: (email: string): Piece[] => [
    `You are ${address(email)} to the providers and CRMs. To change that: /contract connect <e-mail address>.`,
  ],
  notKnown:
    "Slack gives me no e-mail address of yours. Say /contract connect <your address at the providers and in the CRM>.",
  connected: (userId: string, email: string): Piece[] => [
    "From now on ",
    person(userId),
    ` is ${address(email)} at the providers and in the CRMs. Contracts and deals of that address are theirs.`,
  ],
  already: (userId: string, email: string): Piece[] => [
    person(userId),
    ` is ${address(email)} already.`,
  ],
  somebodyElses: (email: string, userId: string): Piece[] => [
    `${address(email)} belongs to `,
    person(userId),
    ". If that is wrong, an admin can change it: /contract connect @you <e-mail address>.",
  ],
  otherDomain: (email: string, own: string | null): string => {
    const known =
      own === null ? "Slack knows no address of yours" : `Slack knows you as ${address(own)}`;
    return `${known}, so I cannot tell that ${address(email)} is yours too. Ask an admin to say /contract connect @you ${address(email)}.`;
  },
  notForOthers: "Only admins may say who somebody else is.",
};
