import type { Wants } from "../attachments.ts";
import type { Calls } from "../calls.ts";
import { missingGrant } from "../check-fields.ts";
import { stopsNothing, type Fault } from "../fault.ts";
import { wantsFiles } from "../wants.ts";
import type { SalesforceClient } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { CreateableAnswer } from "./schema.ts";

/** Whether files and notes can be made, where they are wanted: warnings, since deals are kept without them. */
export async function checkAttachments(
  client: SalesforceClient,
  call: Calls,
  wants: Wants,
  place: string,
): Promise<Fault[]> {
  const needed = [
    ...(wantsFiles(wants) ? [{ object: "ContentVersion", grant: "Create on files" }] : []),
    ...(wants.notes ? [{ object: "Task", grant: "Create on tasks (Edit Tasks)" }] : []),
  ];
  const faults = await Promise.all(
    needed.map(async ({ object, grant }) => {
      const path = `/sobjects/${object}/describe`;
      const described = await call("describe", () =>
        client.get(path, CreateableAnswer, {}).catch(hidden),
      );
      return described.createable
        ? []
        : missingGrant(place, grant, `The user may not create records of ${object}.`);
    }),
  );
  return faults.flat().map((fault) => ({ ...fault, stops: stopsNothing }));
}

function hidden(error: unknown): { createable: boolean } {
  if (isNotFound(error)) return { createable: false };
  throw error;
}
