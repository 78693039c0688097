import type { ErrandCommand } from "../command.ts";

export const setup: ErrandCommand = {
  name: "setup",
  usage: ["hubspot [--yes] [--json]", "salesforce [--yes] [--json]"],
  summary: "Makes the fields that countersign.yaml names in a CRM, and grants access to them",
  notes: [
    "Without --yes it only says what it would do. What is there already is left as it is, so a second time",
    "changes nothing.",
    "hubspot: a property group and the deal properties. The token needs crm.schemas.deals.read and",
    "crm.schemas.deals.write while you set up; take the latter away afterwards.",
    "salesforce: the Opportunity fields, a permission set Countersign that lets them be read and edited, and its",
    "assignment to the user that Countersign signs in as. That user needs Customize Application and Manage",
    "Permission Sets while you set up.",
  ],
  options: {
    yes: { type: "boolean", help: "Does it; without, it only says what it would do" },
  },
  errand({ words, options }) {
    const [crm, ...rest] = words;
    if (crm === undefined || rest.length > 0) {
      return { exitCode: 2, text: "Name one CRM: countersign setup hubspot, or salesforce." };
    }
    return { app: "crm-sync", task: "setup", options: { ...options, crm } };
  },
};
