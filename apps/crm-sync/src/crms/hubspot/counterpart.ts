import { Settings } from "@countersign/service";
import { createHubspot, judgeHubspot, type Counterpart } from "../../testing/counterpart.ts";
import type { CrmTools } from "../crm-kind.ts";
import { hubspot } from "./index.ts";

const token = "let-me-in";

const settings = Settings.parse({
  hubspot: {
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
  },
});

function connect(url: string, accessToken: string, tools: CrmTools) {
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
  judge: (upstream) => judgeHubspot({ upstream }),
  connect: (url, tools) => connect(url, token, tools),
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
  unjudged: [],
  unjudgedBatches: [],
};
