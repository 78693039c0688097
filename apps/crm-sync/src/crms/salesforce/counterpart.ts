import { expect } from "vitest";
import { Settings } from "@countersign/service";
import { createSalesforce, judgeSalesforce, type Counterpart } from "../../testing/counterpart.ts";
import type { CrmTools } from "../crm-kind.ts";
import { ownFields, salesforce } from "./index.ts";
import { apiVersion } from "./session.ts";

const clientId = "client";
const clientSecret = "client-secret";

const section = {
  files: { signed: true, certificate: true },
  notes: "milestones",
  linkField: "salesforce_opportunity_id",
  currency: "USD",
  stages: {
    sent: "Proposal/Price Quote",
    viewed: "Negotiation/Review",
    completed: "Closed Won",
    voided: "Nowhere",
  },
  fields: {
    status: "Contract_Status__c",
    signedDate: "Contract_Signed_Date__c",
    url: "Contract_URL__c",
  },
};

function connect(url: string, secret: string, tools: CrmTools, more: object = {}) {
  const settings = Settings.parse({ salesforce: { ...section, ...more } });
  const variables = {
    SALESFORCE_LOGIN_URL: url,
    SALESFORCE_CLIENT_ID: clientId,
    SALESFORCE_CLIENT_SECRET: secret,
  };
  const opened = salesforce.open(settings, variables, "countersign.yaml");
  if (opened.is !== "configured") throw new Error("Salesforce is not configured.");
  return opened.connect(tools);
}

export const counterpart: Counterpart = {
  createFake: (now) => createSalesforce({ clientId, clientSecret, now }),
  judge: (upstream) => judgeSalesforce({ upstream, apiVersion }),
  connect: (url, tools, more) => connect(url, clientSecret, tools, more),
  connectRevoked: (url, tools) => connect(url, "revoked", tools),
  linkField: "salesforce_opportunity_id",
  deal: "006000000000003AAA",
  missingDeal: "006000000000099AAA",
  stages: {
    sent: "Proposal/Price Quote",
    viewed: "Negotiation/Review",
    completed: "Closed Won",
    lost: "Closed Lost",
  },
  ownFields,
  fields: {
    title: "Contract_Title__c",
    amount: "Contract_Amount__c",
    account: "Last_Contract__c",
    contact: "Last_Signed_Title__c",
    ownAmount: "Amount",
  },
  shown: {
    name: "Blue Heron Clinics: Telehealth licences",
    amount: 27_500,
    currency: "USD",
    stage: "Proposal/Price Quote",
    pipeline: null,
    account: "Blue Heron Clinics",
    ownerEmail: "lucia.ferrand@northgate.example",
    url: expect.stringMatching(/\/lightning\/r\/Opportunity\/006000000000003AAA\/view$/),
  },
  dailyLimit: {
    status: 403,
    body: [{ errorCode: "REQUEST_LIMIT_EXCEEDED", message: "TotalRequests Limit exceeded." }],
    seconds: 900,
  },
  followsMerges: false,
  refusal: {
    status: 400,
    code: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    body: [
      {
        message: "contract_status: a sent contract needs an amount",
        errorCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        fields: ["Amount"],
      },
    ],
  },
  largestBatch: 200,
  refusedRecordCode: "FIELD_CUSTOM_VALIDATION_EXCEPTION",
  unjudged: [
    "POST /services/oauth2/token",
    "GET /services/data",
    `GET /services/data/v${apiVersion}/query`,
  ],
  unjudgedBatches: [`PATCH /services/data/v${apiVersion}/composite/sobjects`],
};
