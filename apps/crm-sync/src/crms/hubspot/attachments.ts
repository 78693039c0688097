import type { Attachments, NewFile } from "../attachments.ts";
import type { Calls } from "../calls.ts";
import type { IsTimely } from "../not-sent.ts";
import type { HubspotClient } from "./client.ts";
import { isNotFound } from "./errors.ts";
import { noteBody } from "./note-body.ts";
import { paths } from "./paths.ts";
import {
  AssociatedAnswer,
  FileAnswer,
  FileStatAnswer,
  NotesAnswer,
  WrittenAnswer,
} from "./schema.ts";
import type { Upload } from "./upload.ts";

/** Note to deal, of HubSpot's own association types (developers.hubspot.com, Associations). */
const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 214 }];

/** Objects in a batch, and associations in a page. */
const largestBatch = 100;
const largestPage = 500;
/** Of a deal's notes, pages that are looked through. */
const pages = 20;

type Timeline = { call: Calls; uploadCall: Calls };

/**
 * A file is uploaded as private, under a name that is ours alone, and hangs on the deal by a note. What an
 * attempt that was cut off has left is found by that name, and by the marker in the note's text.
 */
export function hubspotAttachments(
  client: HubspotClient,
  upload: Upload,
  { call, uploadCall }: Timeline,
): Attachments {
  async function findNote(recordId: string, marker: string): Promise<string | null> {
    const ids = await notesOf(recordId);
    for (let at = 0; at < ids.length; at += largestBatch) {
      const inputs = ids.slice(at, at + largestBatch).map((id) => ({ id }));
      const body = { properties: ["hs_note_body"], propertiesWithHistory: [], inputs };
      const { results } = await call("read-notes", () =>
        client.send("POST", paths.readNotes, NotesAnswer, body),
      );
      const found = results.find(({ properties }) => properties.hs_note_body?.includes(marker));
      if (found !== undefined) return found.id;
    }
    return null;
  }

  /** The newest first: what is looked for was made in the last hours. */
  async function notesOf(recordId: string): Promise<string[]> {
    const ids: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const asked = { limit: String(largestPage), ...(after !== undefined && { after }) };
      const answer = await call("list-notes", () =>
        client.get(paths.notesOfDeal(recordId), AssociatedAnswer, asked),
      );
      ids.push(...answer.results.map(({ toObjectId }) => toObjectId));
      after = answer.paging?.next?.after;
      if (after === undefined) break;
    }
    return ids.toReversed();
  }

  async function findUpload(name: string): Promise<string | null> {
    const answer = await call("find-file", () =>
      client.get(paths.fileAt(`${folder}/${name}`), FileStatAnswer).catch((error: unknown) => {
        if (isNotFound(error)) return null;
        throw error;
      }),
    );
    return answer?.file?.id ?? null;
  }

  async function addNote(
    recordId: string,
    text: string,
    at: string,
    fileIds: string[],
    isTimely: IsTimely,
  ): Promise<string> {
    const properties = {
      hs_timestamp: at,
      hs_note_body: text,
      ...(fileIds.length > 0 && { hs_attachment_ids: fileIds.join(";") }),
    };
    const body = { properties, associations: [{ to: { id: recordId }, types }] };
    const { id } = await call("add-note", () =>
      client.send("POST", paths.notes, WrittenAnswer, body, isTimely),
    );
    return id;
  }

  return {
    findFile: findNote,
    findNote,
    addNote: (recordId, note, isTimely) => addNote(recordId, noteBody(note), note.at, [], isTimely),
    async attachFile(recordId, file, again, lasting) {
      const name = nameOf(file);
      const there = again ? await findUpload(name) : null;
      const fileId =
        there ??
        (
          await uploadCall("upload-file", () =>
            upload(paths.files, formOf(file, name), FileAnswer, lasting),
          )
        ).id;
      const note = { subject: file.title, lines: [], marker: file.marker };
      return addNote(recordId, noteBody(note), file.at, [fileId], lasting.isHeld);
    },
  };
}

const folder = "countersign";

/** In letters that HubSpot changes nothing about, with the marker: a name that there is once. */
function nameOf({ title, marker, extension }: NewFile): string {
  const words =
    title
      .normalize("NFKD")
      .slice(0, 200)
      .match(/[A-Za-z0-9]+/g) ?? [];
  const plain = words.join("-").slice(0, 80).toLowerCase();
  return [...(plain === "" ? [] : [plain]), `${marker}.${extension}`].join("-");
}

function formOf({ content, contentType }: NewFile, name: string): FormData {
  const form = new FormData();
  form.append("file", content.slice(0, content.size, contentType), name);
  form.append("fileName", name);
  form.append("folderPath", `/${folder}`);
  form.append("options", JSON.stringify({ access: "PRIVATE", overwrite: false }));
  return form;
}
