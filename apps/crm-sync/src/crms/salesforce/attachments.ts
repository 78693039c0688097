import type { Attachments, NewFile, NewNote } from "../attachments.ts";
import type { Calls } from "../calls.ts";
import type { SalesforceClient } from "./client.ts";
import { FilesAnswer, LinksAnswer, MadeAnswer, TasksAnswer } from "./schema.ts";
import type { Upload } from "./upload.ts";

const version = "/sobjects/ContentVersion";
const task = "/sobjects/Task";

/** In base64 a file is in memory as a whole, so only small ones go so; Salesforce would take 37.5 MB. */
const largestInJson = 2_000_000;

/** Lengths of the fields (object reference, ContentVersion and Task). */
const longestTitle = 255;
const longestSubject = 255;
const longestDescription = 32_000;

type Timeline = { call: Calls; uploadCall: Calls };

/**
 * A file is a ContentVersion that is published on the opportunity, in one call; its PathOnClient, which nobody
 * can change, is our marker. A note is a closed Task, with the marker in its description.
 */
export function salesforceAttachments(
  client: SalesforceClient,
  upload: Upload,
  { call, uploadCall }: Timeline,
): Attachments {
  return {
    async findFile(recordId, marker) {
      const links = await call("find-links", () =>
        client.get("/query", LinksAnswer, { q: linksOf(recordId) }),
      );
      const documents = links.records.map((link) => link.ContentDocumentId);
      if (documents.length === 0) return null;
      const versions = await call("find-file", () =>
        client.get("/query", FilesAnswer, { q: versionsOf(documents) }),
      );
      const found = versions.records.find(({ PathOnClient }) => PathOnClient?.includes(marker));
      return found?.Id ?? null;
    },
    async attachFile(recordId, file, _again, lasting) {
      const fields = versionOf(recordId, file);
      const { id } = await uploadCall("attach-file", async () =>
        file.content.size > largestInJson
          ? upload(version, fields, file, MadeAnswer, lasting)
          : client.send(
              "POST",
              version,
              MadeAnswer,
              { ...fields, VersionData: await inBase64(file.content) },
              lasting.isHeld,
            ),
      );
      return id;
    },
    async findNote(recordId, marker) {
      const tasks = await call("find-note", () =>
        client.get("/query", TasksAnswer, { q: tasksOf(recordId) }),
      );
      return tasks.records.find(({ Description }) => Description?.includes(marker))?.Id ?? null;
    },
    async addNote(recordId, note, isTimely) {
      const { id } = await call("add-note", () =>
        client.send("POST", task, MadeAnswer, taskOf(recordId, note), isTimely),
      );
      return id;
    },
  };
}

async function inBase64(content: Blob): Promise<string> {
  return Buffer.from(await content.arrayBuffer()).toString("base64");
}

function versionOf(recordId: string, { title, marker, extension }: NewFile) {
  return {
    Title: title.slice(0, longestTitle),
    PathOnClient: `${marker}.${extension}`,
    Description: "Attached by Countersign.",
    FirstPublishLocationId: recordId,
  };
}

function taskOf(recordId: string, { subject, lines, at, marker }: NewNote) {
  const text = lines.join("\n").slice(0, longestDescription - 100);
  return {
    WhatId: recordId,
    Subject: subject.slice(0, longestSubject),
    Description: [text, `Countersign ${marker}`].filter((line) => line !== "").join("\n\n"),
    Status: "Completed",
    ActivityDate: at.slice(0, 10),
  };
}

/** Ids and nothing else stand in these, so there is nothing to escape; the newest 200 are enough after a crash. */
const newest = "LIMIT 200";

function linksOf(recordId: string): string {
  return `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${recordId}' ORDER BY SystemModstamp DESC ${newest}`;
}

function versionsOf(documents: string[]): string {
  const ids = documents.map((id) => `'${id}'`).join(", ");
  return `SELECT Id, PathOnClient FROM ContentVersion WHERE ContentDocumentId IN (${ids})`;
}

function tasksOf(recordId: string): string {
  return `SELECT Id, Description FROM Task WHERE WhatId = '${recordId}' ORDER BY CreatedDate DESC ${newest}`;
}
