import express, { Router, type ErrorRequestHandler, type Request } from "express";
import { createCalls, mountedAt, pathValue, type Answer, type Calls } from "../crm-calls.ts";
import type { CallKind, CrmFake, DealEdit, EditOutcome, RelatedView } from "../crm-fake.ts";
import { createJournal } from "../crm-journal.ts";
import { createDailyCalls, type DailyCalls } from "../daily-calls.ts";
import {
  callsPerDay,
  countedCalls,
  dailyLimitReached,
  faultAnswer,
  isRefusal,
  limitHeaders,
  noResource,
  recordFaults,
  refusal,
  refused,
  sessionInvalid,
} from "./answers.ts";
import { isObjectName, replaceUser } from "./access.ts";
import { editedFields, viewDeal } from "./board.ts";
import { readForms } from "../multipart.ts";
import * as content from "./content-endpoints.ts";
import * as collections from "./collection-endpoints.ts";
import { describeObject } from "./describe.ts";
import { runQuery } from "./query-endpoint.ts";
import * as records from "./record-endpoints.ts";
import { updateRelated, type RelatedObject } from "./related.ts";
import { signIn, type Entrance, type SignInOptions } from "./sign-in.ts";
import * as grants from "./grant-endpoints.ts";
import * as setup from "./setup-endpoints.ts";
import {
  addRecords,
  deleteRecord,
  findRecord,
  liveRecords,
  seedState,
  updateRecord,
} from "./state.ts";

export type SalesforceOptions = SignInOptions & {
  /** Told of every change of an opportunity, and of a reset. */
  onChange?: () => void;
  /** Where clients reach this router, without a slash at the end. Default: as the request came. */
  baseUrl?: string;
};

const oldestVersion = 59;
const newestVersion = 68;

/**
 * A stateful stand-in for a Salesforce org: sign-in, Opportunity records and collections, files, tasks, and queries, for
 * every API version from 59.0 on. `instance_url` leads clients back to this router.
 */
export function createSalesforce(options: SalesforceOptions): CrmFake {
  const { now, onChange = () => {} } = options;
  const journal = createJournal(now, onChange);
  const org: records.Org = { state: seedState(now()), journal, now };
  const sessions = new Set<string>();
  const entrance: Entrance = {
    sessions,
    secret: options.clientSecret,
    userId: () => org.state.access.userId,
  };
  const day: DailyCalls = createDailyCalls(callsPerDay, () => countedCalls(calls.log()));
  const calls = createCalls({
    now,
    refuse({ headers, path }) {
      if (path === "/services/data") return undefined;
      const token = headers.authorization?.replace(/^(Bearer|OAuth) /, "") ?? "";
      if (!sessions.has(token)) return sessionInvalid();
      return day.left() > 0 ? undefined : dailyLimitReached();
    },
    faultAnswer,
    headers: () => limitHeaders(day),
  });
  return {
    router: createRouter(options, org, entrance, { calls, day }),
    deals: () =>
      liveRecords(org.state).map((record) =>
        viewDeal(record, org.state.related, org.state.content),
      ),
    storedFiles: () => org.state.content.versions.length,
    journal: journal.entries,
    calls: calls.log,
    editAsPerson: (id, edit, who) => editByHand(org, id, edit, who),
    deleteAsPerson(id) {
      deleteRecord(org.state, id);
      onChange();
    },
    related: () => relatedObjects.flatMap((object) => viewAll(org, object)),
    relatedOf(dealId, kind) {
      const [object, id] =
        kind === "account"
          ? (["Account", org.state.opportunities.get(dealId)?.["AccountId"]] as const)
          : ([
              "Contact",
              org.state.related.roles.find(({ OpportunityId }) => OpportunityId === dealId)
                ?.ContactId,
            ] as const);
      return viewAll(org, object).find((one) => one.id === id) ?? null;
    },
    editRelated(id, field, value, who) {
      const object = org.state.related.Account.has(id) ? "Account" : "Contact";
      const write = { state: org.state, journal, now: now(), by: who };
      updateRelated(write, object, id, { [field]: value });
    },
    deleteField(field) {
      const { fields } = org.state.access;
      fields.Opportunity = fields.Opportunity.filter(({ name }) => name !== field);
    },
    requireAlways(field) {
      const [object = "", name] = field.split(".");
      const fields = isObjectName(object) ? org.state.access.fields[object] : [];
      for (const one of fields) if (one.name === name) one.nillable = false;
    },
    requireOnceClosed: (field) => void org.state.requiredOnceClosed.add(field),
    mergeAsPerson(id, into) {
      deleteRecord(org.state, id);
      onChange();
      return into;
    },
    addDeals(count) {
      const ids = addRecords(org.state, count);
      onChange();
      return ids;
    },
    endSessions: () => sessions.clear(),
    setSecret(secret) {
      entrance.secret = secret;
      sessions.clear();
    },
    replaceUser(lacking) {
      replaceUser(org.state.access, lacking);
      sessions.clear();
    },
    setRecordFault(id, fault) {
      if (fault === null) org.state.refusals.delete(id);
      else org.state.refusals.set(id, recordFaults[fault]);
    },
    takeAway: (grant) => void org.state.access.withheld.add(grant),
    giveBack: (grant) => void org.state.access.withheld.delete(grant),
    leaveCalls: day.leave,
    setFault: calls.setFault,
    faults: calls.faults,
    clearFaults: calls.clearFaults,
    reset() {
      org.state = seedState(now());
      entrance.secret = options.clientSecret;
      day.leave(null);
      calls.clear();
      calls.clearFaults();
      journal.clear();
    },
  };
}

type Counted = { calls: Calls; day: DailyCalls };

function createRouter(
  options: SalesforceOptions,
  org: records.Org,
  entrance: Entrance,
  { calls, day }: Counted,
): Router {
  const router = Router();
  router.use(mountedAt, express.json({ limit: "10mb" }), express.urlencoded(), readForms);
  router.post(
    "/services/oauth2/token",
    calls.serve("sign-in", (request) =>
      signIn(options, entrance, request, options.baseUrl ?? ownUrl(request)),
    ),
  );
  router.get("/services/data", calls.serve("read", listVersions));
  router.use("/services/data/:version", dataRouter(org, { calls, day }));
  router.use(
    calls.serve("read", () => refused(noResource())),
    malformedBody(calls),
  );
  return router;
}

function dataRouter(org: records.Org, { calls, day }: Counted): Router {
  const serve = (kind: CallKind, endpoint: (org: records.Org, request: Request) => Answer) =>
    calls.serve(kind, (request) =>
      isServed(pathValue(request, "version")) ? endpoint(org, request) : refused(noResource()),
    );
  const record = "/sobjects/Opportunity/:id";
  const byExternalId = "/sobjects/Opportunity/:field/:value";
  return Router({ mergeParams: true })
    .get(
      "/limits",
      serve("read", () => showLimits(day)),
    )
    .get("/query", serve("read", runQuery))
    .get("/sobjects/Opportunity/describe", serve("read", describeObject("Opportunity")))
    .get("/sobjects/Account/describe", serve("read", describeObject("Account")))
    .get("/sobjects/Contact/describe", serve("read", describeObject("Contact")))
    .post("/sobjects/Opportunity", serve("write", records.postRecord))
    .get("/sobjects/ContentVersion/describe", serve("read", content.describeVersions))
    .post("/sobjects/ContentVersion", serve("write", content.createVersion))
    .get("/sobjects/Task/describe", serve("read", content.describeTasks))
    .post("/sobjects/Task", serve("write", content.createTask))
    .get(record, serve("read", records.readRecord))
    .patch(record, serve("write", records.patchRecord))
    .delete(record, serve("write", records.deleteRecord))
    .get(byExternalId, serve("read", records.readByExternalId))
    .patch(byExternalId, serve("write", records.upsertRecord))
    .get("/tooling/query", serve("read", setup.queryTooling))
    .post("/tooling/sobjects/CustomField", serve("write", setup.createCustomField))
    .post("/sobjects/:object", serve("write", grants.createGrant))
    .patch("/sobjects/ObjectPermissions/:id", serve("write", grants.changeObjectGrant))
    .patch("/sobjects/FieldPermissions/:id", serve("write", grants.changeFieldGrant))
    .patch("/sobjects/Account/:id", serve("write", records.patchRelated("Account")))
    .patch("/sobjects/Contact/:id", serve("write", records.patchRelated("Contact")))
    .post("/composite/sobjects", serve("write", collections.createCollection))
    .patch("/composite/sobjects", serve("write", collections.updateCollection))
    .get("/composite/sobjects/Opportunity", serve("read", collections.readCollectionByQuery))
    .post("/composite/sobjects/Opportunity", serve("read", collections.readCollectionByBody))
    .patch("/composite/sobjects/Opportunity/:field", serve("write", collections.upsertCollection));
}

const relatedObjects: RelatedObject[] = ["Account", "Contact"];

function viewAll({ state }: records.Org, object: RelatedObject): RelatedView[] {
  const kind = object === "Account" ? "account" : "contact";
  return [...state.related[object]].map(([id, fields]) => ({ id, kind, fields }));
}

function isServed(version: string): boolean {
  const number = Number(/^v(\d\d)\.0$/.exec(version)?.[1]);
  return number >= oldestVersion && number <= newestVersion;
}

function listVersions(): Answer {
  const body = Array.from({ length: newestVersion - oldestVersion + 1 }, (_, index) => {
    const version = `${oldestVersion + index}.0`;
    return { label: `Sandbox ${version}`, url: `/services/data/v${version}`, version };
  });
  return { status: 200, body };
}

function showLimits({ limit, left }: DailyCalls): Answer {
  return { status: 200, body: { DailyApiRequests: { Max: limit, Remaining: left() } } };
}

function ownUrl(request: Request): string {
  return `${request.protocol}://${request.headers.host ?? ""}${request.baseUrl}`;
}

function malformedBody(calls: Calls): ErrorRequestHandler {
  const answer = calls.serve("write", () =>
    refused(refusal(400, "JSON_PARSER_ERROR", "The body is not valid JSON.")),
  );
  return (_error, request, response, next) => answer(request, response, next);
}

function editByHand(org: records.Org, id: string, edit: DealEdit, who: string): EditOutcome {
  const found = findRecord(org.state, id);
  if (isRefusal(found)) return { accepted: false, reason: found.message };
  const { state, journal, now } = org;
  const write = { state, journal, now: now(), by: who };
  const saved = updateRecord(write, found.id, editedFields(edit));
  return saved.ok ? { accepted: true } : { accepted: false, reason: saved.refusal.message };
}
