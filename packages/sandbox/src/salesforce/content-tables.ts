import type { Fields } from "../crm-journal.ts";
import type { Content } from "./content.ts";

type ContentTable = {
  fields(): readonly { name: string }[];
  rows(state: { content: Content }): Fields[];
};

function named(names: string): ContentTable["fields"] {
  const fields = names.split(" ").map((name) => ({ name }));
  return () => fields;
}

/** What a query can read of files and tasks. */
export const contentTables: Record<string, ContentTable> = {
  ContentVersion: {
    fields: named(
      "Id ContentDocumentId Title PathOnClient Description FileExtension ContentSize Checksum IsLatest CreatedDate",
    ),
    rows: ({ content }) => content.versions.map(({ fields }) => fields),
  },
  ContentDocumentLink: {
    fields: named("Id ContentDocumentId LinkedEntityId ShareType Visibility SystemModstamp"),
    rows: ({ content }) => content.links,
  },
  Task: {
    fields: named("Id WhatId Subject Description Status ActivityDate CreatedDate"),
    rows: ({ content }) => content.tasks,
  },
};

/** Salesforce reads these only for given records. */
export const needsFilter: Record<string, readonly string[]> = {
  ContentDocumentLink: ["ContentDocumentId", "LinkedEntityId"],
};
