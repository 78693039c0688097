import express, { Router, type ErrorRequestHandler, type Request } from "express";
import { createCalls, mountedAt, type Answer, type Calls } from "../crm-calls.ts";
import type { CallKind, CrmFake, DealEdit, EditOutcome, RelatedView } from "../crm-fake.ts";
import { createJournal } from "../crm-journal.ts";
import { createDailyCalls, type DailyCalls } from "../daily-calls.ts";
import {
  callsPerDay,
  dailyLimitReached,
  errorAnswer,
  faultAnswer,
  invalid,
  limitHeaders,
  missingScope,
  recordFaults,
  unauthenticated,
} from "./answers.ts";
import { batchRead, batchUpdate, batchUpsert } from "./batch-endpoints.ts";
import { editedProperties, viewDeal } from "./board.ts";
import * as files from "./file-endpoints.ts";
import { mergeDeals } from "./merge-deals.ts";
import * as notes from "./note-endpoints.ts";
import { readForms } from "../multipart.ts";
import { deleteDeal, patchDeal, postDeal, readDeal, type Account } from "./deal-endpoints.ts";
import { updateRelated, type RelatedRecord } from "./related.ts";
import * as related from "./related-endpoints.ts";
import { searchRelated } from "./related-search.ts";
import type { SchemaKind } from "./properties.ts";
import { searchDeals } from "./search-endpoint.ts";
import * as settings from "./settings-endpoints.ts";
import { addDeals, seedState, updateDeal } from "./state.ts";

export type HubspotOptions = {
  /** The bearer token that is let in. */
  token: string;
  now: () => Date;
  /** Told of every change of a deal, and of a reset. */
  onChange?: () => void;
};

/**
 * A stateful stand-in for HubSpot's CRM API: deals and what they belong to, pipelines, properties, owners, notes and files, on the
 * v3 paths of
 * @hubspot/api-client 14 and on the dated paths (`/crm/objects/2026-03/deals`).
 */
export function createHubspot({ token, now, onChange = () => {} }: HubspotOptions): CrmFake {
  const journal = createJournal(now, onChange);
  const account: Account = { state: seedState(now()), journal, now };
  let secret: string | null = token;
  const day: DailyCalls = createDailyCalls(callsPerDay, () => calls.log().length);
  const calls = createCalls({
    now,
    refuse({ headers }) {
      if (secret === null || headers.authorization !== `Bearer ${secret}`) return unauthenticated();
      return day.left() > 0 ? undefined : dailyLimitReached();
    },
    faultAnswer,
    headers: (log) => limitHeaders(log, day, now()),
  });
  return {
    router: createRouter(account, calls),
    deals: () =>
      [...account.state.deals.values()].map((deal) => viewDeal(deal, account.state.timeline)),
    storedFiles: () => account.state.timeline.files.size,
    journal: journal.entries,
    calls: calls.log,
    editAsPerson: (id, edit, who) => editByHand(account, id, edit, who),
    deleteAsPerson(id) {
      account.state.deals.delete(id);
      onChange();
    },
    related: () => [...account.state.related.records.values()].map(viewRelated),
    relatedOf(dealId, kind) {
      const { companyOf, contactsOf, records } = account.state.related;
      const id = kind === "account" ? companyOf.get(dealId) : contactsOf.get(dealId)?.[0];
      const record = records.get(id ?? "");
      return record === undefined ? null : viewRelated(record);
    },
    editRelated(id, field, value, who) {
      const { related, schemas, refusals } = account.state;
      const record = related.records.get(id);
      if (record === undefined) return;
      updateRelated({ related, schemas, refusals, journal, now: now(), by: who }, record, {
        [field]: value,
      });
    },
    deleteField: (field) => void account.state.schemas.deal.properties.delete(field),
    requireAlways: () => undefined,
    requireOnceClosed: (field) => void account.state.requiredOnceClosed.add(field),
    mergeAsPerson(id, into) {
      const merged = mergeDeals(account.state, id, into, now());
      onChange();
      return merged;
    },
    addDeals(count) {
      const ids = addDeals(account.state, count);
      onChange();
      return ids;
    },
    endSessions: () => undefined,
    setSecret: (next) => void (secret = next),
    replaceUser: (lacking) => void (account.state.withheld = new Set(lacking)),
    setRecordFault(id, fault) {
      if (fault === null) account.state.refusals.delete(id);
      else account.state.refusals.set(id, recordFaults[fault]);
    },
    takeAway: (grant) => void account.state.withheld.add(grant),
    giveBack: (grant) => void account.state.withheld.delete(grant),
    leaveCalls: day.leave,
    setFault: calls.setFault,
    faults: calls.faults,
    clearFaults: calls.clearFaults,
    reset() {
      account.state = seedState(now());
      secret = token;
      day.leave(null);
      calls.clear();
      calls.clearFaults();
      journal.clear();
    },
  };
}

const scopes = {
  readDeals: "crm.objects.deals.read",
  writeDeals: "crm.objects.deals.write",
  readSchemas: "crm.schemas.deals.read",
  readOwners: "crm.objects.owners.read",
  readNotes: "crm.objects.contacts.read",
  writeNotes: "crm.objects.contacts.write",
  files: "files",
};

type Endpoint = (account: Account, request: Request) => Answer;

function createRouter(account: Account, calls: Calls): Router {
  const serve = (kind: CallKind, endpoint: Endpoint, scope?: string) =>
    calls.serve(kind, (request) =>
      scope !== undefined && account.state.withheld.has(scope)
        ? missingScope(scope)
        : endpoint(account, request),
    );
  const readDeals = (endpoint: Endpoint) => serve("read", endpoint, scopes.readDeals);
  const writeDeals = (endpoint: Endpoint) => serve("write", endpoint, scopes.writeDeals);
  const readSchemas = (endpoint: Endpoint) => serve("read", endpoint, scopes.readSchemas);
  const settingsOf = (kind: SchemaKind, type: string) => {
    const read = (endpoint: Endpoint) => serve("read", endpoint, `crm.schemas.${type}.read`);
    const write = (endpoint: Endpoint) => serve("write", endpoint, `crm.schemas.${type}.write`);
    return Router()
      .get("/groups", read(settings.listGroups(kind)))
      .post("/groups", write(settings.createGroup(kind)))
      .get("/", read(settings.listProperties(kind)))
      .post("/", write(settings.createProperty(kind)))
      .get("/:propertyName", read(settings.readProperty(kind)));
  };
  const readNotes = (endpoint: Endpoint) => serve("read", endpoint, scopes.readNotes);
  const writeNotes = (endpoint: Endpoint) => serve("write", endpoint, scopes.writeNotes);
  const router = Router();
  router.use(mountedAt, express.json(), readForms);
  router.use(
    ["/crm/v3/objects/deals", "/crm/objects/:version/deals"],
    Router()
      .post("/batch/read", readDeals(batchRead))
      .post("/batch/update", writeDeals(batchUpdate))
      .post("/batch/upsert", writeDeals(batchUpsert))
      .post("/search", readDeals(searchDeals))
      .post("/", writeDeals(postDeal))
      .get("/:dealId", readDeals(readDeal))
      .patch("/:dealId", writeDeals(patchDeal))
      .delete("/:dealId", writeDeals(deleteDeal)),
  );
  for (const [type, kind] of [
    ["companies", "account"],
    ["contacts", "contact"],
  ] as const) {
    router.use(
      [`/crm/v3/objects/${type}`, `/crm/objects/:version/${type}`],
      Router()
        .post("/search", serve("read", searchRelated(kind), `crm.objects.${type}.read`))
        .post("/batch/read", serve("read", related.readBatch(kind), `crm.objects.${type}.read`))
        .post(
          "/batch/update",
          serve("write", related.updateBatch(kind), `crm.objects.${type}.write`),
        )
        .get("/:id", serve("read", related.readOne(kind), `crm.objects.${type}.read`))
        .patch("/:id", serve("write", related.patchOne(kind), `crm.objects.${type}.write`)),
    );
  }
  router.post(
    [
      "/crm/v4/associations/deals/contacts/batch/read",
      "/crm/associations/:version/deals/contacts/batch/read",
    ],
    serve("read", related.readContactsOfDeals),
  );
  router.get(
    ["/account-info/v3/details", "/account-info/:version/details"],
    serve("read", related.showAccount),
  );
  router.use(
    ["/crm/v3/pipelines/deals", "/crm/pipelines/:version/deals"],
    Router()
      .get("/", readSchemas(settings.listPipelines))
      .get("/:pipelineId", readSchemas(settings.readPipeline)),
  );
  for (const [kind, type] of [
    ["deal", "deals"],
    ["account", "companies"],
    ["contact", "contacts"],
  ] as const) {
    router.use(
      [`/crm/v3/properties/${type}`, `/crm/properties/:version/${type}`],
      settingsOf(kind, type),
    );
  }
  router.get(
    ["/crm/v3/owners", "/crm/owners/:version"],
    serve("read", settings.listOwners, scopes.readOwners),
  );
  router.use(
    ["/crm/v3/objects/notes", "/crm/objects/:version/notes"],
    Router()
      .post("/batch/read", readNotes(notes.batchReadNotes))
      .post("/", writeNotes(notes.createNote))
      .get("/:noteId", readNotes(notes.readNote))
      .patch("/:noteId", writeNotes(notes.patchNote)),
  );
  router.get(
    [
      "/crm/v4/objects/deals/:dealId/associations/notes",
      "/crm/objects/:version/deals/:dealId/associations/notes",
    ],
    readNotes(notes.listNotesOfDeal),
  );
  router.use(
    "/files/:version/files",
    Router()
      .post("/", serve("write", files.uploadFile, scopes.files))
      .get("/stat/*path", serve("read", files.statFile, scopes.files))
      .get("/:fileId", serve("read", files.readFile, scopes.files)),
  );
  router.use(serve("read", noSuchPath), malformedBody(calls));
  return router;
}

function viewRelated({ id, kind, properties }: RelatedRecord): RelatedView {
  return { id, kind, fields: properties };
}

function noSuchPath(_account: Account, { method, path }: Request): Answer {
  return errorAnswer(404, { category: "NOT_FOUND", message: `No such path: ${method} ${path}` });
}

function malformedBody(calls: Calls): ErrorRequestHandler {
  const answer = calls.serve("write", () => invalid("Unable to parse the body as JSON."));
  return (_error, request, response, next) => answer(request, response, next);
}

function editByHand(account: Account, id: string, edit: DealEdit, who: string): EditOutcome {
  const deal = account.state.deals.get(id);
  if (deal === undefined) return { accepted: false, reason: `There is no deal ${id}.` };
  const { state, journal, now } = account;
  const written = updateDeal({ state, journal, now: now(), by: who }, deal, editedProperties(edit));
  if (written.ok) return { accepted: true };
  const { refusal } = written;
  if (refusal.category !== "VALIDATION_ERROR") return { accepted: false, reason: refusal.category };
  return { accepted: false, reason: refusal.problems.map(({ message }) => message).join(" ") };
}
