import type { Wants } from "../attachments.ts";
import type { Calls } from "../calls.ts";
import { stopsNothing, type Fault } from "../fault.ts";
import { wantsFiles } from "../wants.ts";
import type { HubspotClient } from "./client.ts";
import { paths } from "./paths.ts";
import { FileStatAnswer, NotesAnswer, WrittenAnswer } from "./schema.ts";
import { noRecord, nothingThere, unlessWithheld } from "./unless-withheld.ts";

/**
 * Whether files and notes can hang on deals, where they are wanted: warnings, since deals are kept without them.
 * Notes have the scopes of contacts, crm.objects.contacts.read and .write, whatever they hang on
 * (developers.hubspot.com, "Activities | Notes", scope requirements).
 */
export async function checkAttachments(
  client: HubspotClient,
  call: Calls,
  wants: Wants,
): Promise<Fault[]> {
  if (!wants.notes && !wantsFiles(wants)) return [];
  const inputs = [{ id: noRecord }];
  const body = { properties: ["hs_note_body"], propertiesWithHistory: [], inputs };
  const looks: (() => Promise<unknown>)[] = [
    () => call("try-read-notes", () => client.send("POST", paths.readNotes, NotesAnswer, body)),
    () =>
      call("try-write-note", () =>
        client
          .send("PATCH", `${paths.notes}/${noRecord}`, WrittenAnswer, { properties: {} })
          .catch(nothingThere),
      ),
  ];
  if (wantsFiles(wants)) {
    looks.push(() =>
      call("try-files", () =>
        client.get(paths.fileAt("countersign/none"), FileStatAnswer).catch(nothingThere),
      ),
    );
  }
  const faults = await Promise.all(
    looks.map((look) => unlessWithheld(() => look().then(() => []))),
  );
  return faults.flat().map((fault) => ({ ...fault, stops: stopsNothing }));
}
