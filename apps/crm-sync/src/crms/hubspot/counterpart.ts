import { Settings } from "@countersign/service";
import { createHubspot, judgeHubspot, type Counterpart } from "../../testing/counterpart.ts";
import type { CrmTools } from "../crm-kind.ts";
import { hubspot, ownFields } from "./index.ts";
import { apiVersion } from "./paths.ts";

export const token = "let-me-in";

const section = {
  files: { signed: true, certificate: true },
  notes: "milestones",
  linkField: "hubspot_deal_id",
  pipelines: {
    default: {
      sent: "decisionmakerboughtin",
      viewed: "contractsent",
      completed: "closedwon",
      voided: "nowhere",
    },
  },
  fields: {
    status: "contract_status",
    signedDate: "contract_signed_date",
    url: "contract_url",
  },
};

export const settings = Settings.parse({ hubspot: section });

function connect(url: string, accessToken: string, tools: CrmTools, more: object = {}) {
  const settings = Settings.parse({ hubspot: { ...section, ...more } });
  const variables = {
    HUBSPOT_ACCESS_TOKEN: accessToken,
    HUBSPOT_API_URL: url,
    HUBSPOT_CALLS_PER_10_SECONDS: 10_000,
  };
  const opened = hubspot.open(settings, variables, "countersign.yaml");
  if (opened.is !== "configured") throw new Error("HubSpot is not configured.");
  return opened.connect(tools);
}

export const counterpart: Counterpart = {
  createFake: (now) => createHubspot({ token, now }),
  judge: (upstream) => judgeHubspot({ upstream, apiVersion }),
  connect: (url, tools, more) => connect(url, token, tools, more),
  connectRevoked: (url, tools) => connect(url, "revoked", tools),
  linkField: "hubspot_deal_id",
  deal: "1003",
  missingDeal: "999999",
  stages: {
    sent: "decisionmakerboughtin",
    viewed: "contractsent",
    completed: "closedwon",
    lost: "closedlost",
  },
  ownFields,
  fields: {
    title: "contract_title",
    amount: "contract_amount",
    account: "last_contract",
    contact: "last_signed_title",
    ownAmount: "amount",
  },
  shown: {
    name: "Quarry & Stone: Site safety pilot",
    amount: 9_800,
    currency: "USD",
    stage: "Decision Maker Bought-In",
    pipeline: "Sales Pipeline",
    account: "Quarry & Stone",
    ownerEmail: "priya.raman@northgate.example",
    url: "https://app.hubspot.com/contacts/62515/record/0-3/1003",
  },
  dailyLimit: {
    status: 429,
    body: {
      status: "error",
      message: "You have reached your daily limit.",
      errorType: "RATE_LIMIT",
      category: "RATE_LIMITS",
      policyName: "DAILY",
      correlationId: "aeb5f871-7f07-4993-9211-075dc63e7cbf",
    },
    seconds: 900,
  },
  followsMerges: true,
  refusal: {
    status: 400,
    code: "INVALID_OPTION",
    body: {
      status: "error",
      category: "VALIDATION_ERROR",
      message: "Property values were not valid",
      correlationId: "aeb5f871-7f07-4993-9211-075dc63e7cbf",
      errors: [
        {
          message: "sent was not one of the allowed options",
          code: "INVALID_OPTION",
          context: { propertyName: ["contract_status"] },
        },
      ],
    },
  },
  largestBatch: 100,
  refusedRecordCode: "REQUIRED_FIELD",
  unjudged: [`GET /account-info/${apiVersion}/details`],
  unjudgedBatches: [],
};
