import { createPrivateKey } from "node:crypto";
import { z } from "zod";
import { withoutLastSlash } from "../last-slash.ts";
import { webAddress } from "../web-address.ts";

/** An app with JWT grant: developers.docusign.com, "Apps and Keys". */
export const access = z.object({
  /** The app's client id, a GUID. */
  integrationKey: z.string().min(1),
  /** The API user id of the person in whose name we read, a GUID. */
  userId: z.string().min(1),
  /** The API account id, a GUID. */
  accountId: z.string().min(1),
  /** The app's RSA private key as PEM; `\n` may stand for its line ends. */
  privateKey: z
    .string()
    .transform((text) => text.replaceAll(String.raw`\n`, "\n"))
    .refine(isPrivateKey, "Give the app's RSA private key as PEM, from BEGIN to END."),
  /** The demo system has https://account-d.docusign.com. */
  authServer: webAddress.transform(withoutLastSlash).default("https://account.docusign.com"),
});

export type Access = z.infer<typeof access>;

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}
