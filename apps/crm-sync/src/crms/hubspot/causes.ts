import { causesOf, type Causes } from "../cause.ts";

/** developers.hubspot.com, "Handle errors" and "Usage guidelines"; the codes of a property are those of its 400 answers. */
export const causes: Causes = {
  ...causesOf("transient", "Nothing: it is tried again by itself.", [
    "RATE_LIMITS",
    "RATE_LIMIT",
    "LOCKED",
    "INTERNAL_ERROR",
    "SERVICE_UNAVAILABLE",
    "http-408",
    "http-423",
    "http-429",
    "http-477",
    "http-500",
    "http-502",
    "http-503",
    "http-504",
  ]),
  ...causesOf("credential", "Set HUBSPOT_ACCESS_TOKEN to a token that is valid.", [
    "INVALID_AUTHENTICATION",
    "EXPIRED_AUTHENTICATION",
    "unauthorized",
  ]),
  ...causesOf("credential", "Grant the scopes that countersign doctor names.", [
    "MISSING_SCOPES",
    "forbidden",
  ]),
  ...causesOf(
    "permanent-data",
    "Correct the property in countersign.yaml, or make it: countersign setup hubspot.",
    ["PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE"],
  ),
  ...causesOf(
    "permanent-data",
    "Add the option to the property in HubSpot, or map the value in countersign.yaml.",
    ["INVALID_OPTION"],
  ),
  ...causesOf("permanent-data", "Name a property of the right type in countersign.yaml.", [
    "INVALID_NUMBER",
    "INVALID_INTEGER",
    "INVALID_LONG",
    "INVALID_DATE",
    "INVALID_EMAIL",
    "INVALID_OWNER_ID",
  ]),
  ...causesOf(
    "permanent-data",
    "Fill in the required property in HubSpot, or take the rule away.",
    ["REQUIRED_FIELD", "REQUIRED_PROPERTY"],
  ),
  ...causesOf("permanent-data", "Another deal holds this unique value: correct it there.", [
    "CONFLICT",
  ]),
  ...causesOf(
    "permanent-data",
    "Read HubSpot's message, and mend the property or rule that it names.",
    ["VALIDATION_ERROR", "http-400", "http-409", "http-414", "http-415"],
  ),
  ...causesOf(
    "permanent-target",
    "Link the contracts to deals that exist, or restore these deals.",
    ["OBJECT_NOT_FOUND", "http-404"],
  ),
};
