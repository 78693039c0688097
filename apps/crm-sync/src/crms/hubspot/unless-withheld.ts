import { missingGrant } from "../check-fields.ts";
import { stopsEverything, type Fault, type Stops } from "../fault.ts";
import { isNotFound, missingScopes } from "./errors.ts";

/** HubSpot's ids are positive, so this record can be asked for and written without anything happening. */
export const noRecord = "0";

/** What a look finds; the scopes that it lacks where HubSpot refuses it for these, and what that stops. */
export async function unlessWithheld(
  look: () => Promise<Fault[]>,
  stops: Stops = stopsEverything,
): Promise<Fault[]> {
  try {
    return await look();
  } catch (error) {
    const scopes = missingScopes(error);
    if (scopes === null) throw error;
    return scopes.map((scope) =>
      missingGrant(
        "HUBSPOT_ACCESS_TOKEN",
        `the scope ${scope} to the service key or app (HubSpot: Development, Keys or Projects)`,
        `The token does not have the scope ${scope}.`,
        stops,
      ),
    );
  }
}

/** What is asked for, or something else where the token may not: what people see is poorer for it, and nothing stops. */
export async function whereAllowed<Value, Otherwise>(
  otherwise: Otherwise,
  ask: () => Promise<Value>,
): Promise<Value | Otherwise> {
  try {
    return await ask();
  } catch (error) {
    if (missingScopes(error) !== null) return otherwise;
    throw error;
  }
}

/** That there is no such record is what such a look hears where all is well. */
export function nothingThere(error: unknown): void {
  if (!isNotFound(error)) throw error;
}
