import type { RecordKind } from "../../mapping/mapping.ts";

/**
 * HubSpot's dated API: a version each March and September, each supported for some eighteen months; v1 to v4
 * end in 2027 (developers.hubspot.com, changelog). The next one is this line.
 */
export const apiVersion = "2026-09";
export const supportedUntil = "2028-03-01";

const objects = `/crm/objects/${apiVersion}`;

/** Every path that is called. */
export const paths = {
  record: (type: ObjectType, id: string) => `${objects}/${type}/${encodeURIComponent(id)}`,
  readRecords: (type: ObjectType) => `${objects}/${type}/batch/read`,
  updateRecords: (type: ObjectType) => `${objects}/${type}/batch/update`,
  search: (type: ObjectType) => `${objects}/${type}/search`,
  contactsOfDeals: `/crm/associations/${apiVersion}/deals/contacts/batch/read`,
  pipelines: `/crm/pipelines/${apiVersion}/deals`,
  properties: (type: ObjectType) => `/crm/properties/${apiVersion}/${type}`,
  groups: (type: ObjectType) => `/crm/properties/${apiVersion}/${type}/groups`,
  owners: `/crm/owners/${apiVersion}`,
  account: `/account-info/${apiVersion}/details`,
  notes: `${objects}/notes`,
  readNotes: `${objects}/notes/batch/read`,
  notesOfDeal: (id: string) => `${objects}/deals/${encodeURIComponent(id)}/associations/notes`,
  files: `/files/${apiVersion}/files`,
  fileAt: (path: string) => `/files/${apiVersion}/files/stat/${encodeURIComponent(path)}`,
};

/** HubSpot's names for what countersign.yaml calls deal, account and contact. */
export const objectTypes = { deal: "deals", account: "companies", contact: "contacts" } as const;
export type ObjectType = (typeof objectTypes)[RecordKind];

/** What one of them is called. */
export const objectNames = { deal: "deal", account: "company", contact: "contact" } as const;
