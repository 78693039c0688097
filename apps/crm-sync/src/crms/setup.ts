import type { Fault } from "./fault.ts";
import type { WantedField } from "./wanted-fields.ts";

/** One thing that is missing in the CRM and can be made. `says` is what it will do, for the admin to agree to. */
export type SetupStep = { says: string; make: () => Promise<void> };

/** What set-up would do now. `faults` is what countersign.yaml asks for and no set-up can make. */
export type Setup = { steps: SetupStep[]; faults: Fault[] };

/** The fault of a name that cannot be made: the CRM's own rules say how names look. */
export function nameFault(
  wanted: Pick<WantedField, "on" | "name" | "place">,
  noun: string,
  looks: string,
): Fault {
  return {
    code: "bad-name",
    place: wanted.place,
    message: `There is no ${noun} "${wanted.name}", and none can have that name.`,
    fix: `Name one that exists, or one to be made: ${looks}.`,
    stops: { what: "field", on: wanted.on, field: wanted.name, value: null },
  };
}
