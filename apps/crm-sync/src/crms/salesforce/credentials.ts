import type { z } from "zod";
import type { variables } from "./schema.ts";
import type { Credentials } from "./sign-in.ts";

/** The credentials that the environment gives, or null where there are none. A client secret is taken before a key. */
export function readCredentials(
  environment: z.infer<z.ZodObject<typeof variables>>,
): Credentials | null {
  const { SALESFORCE_LOGIN_URL: loginUrl, SALESFORCE_CLIENT_ID: clientId } = environment;
  const { SALESFORCE_USERNAME: username, SALESFORCE_PRIVATE_KEY: privateKey } = environment;
  const clientSecret = environment.SALESFORCE_CLIENT_SECRET;
  if (clientId === undefined) return null;
  if (clientSecret !== undefined) {
    return { flow: "client-credentials", loginUrl, clientId, clientSecret };
  }
  if (username === undefined || privateKey === undefined) return null;
  return { flow: "jwt-bearer", loginUrl, clientId, username, privateKey };
}
