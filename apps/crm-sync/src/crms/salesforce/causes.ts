import { causesOf, type Causes } from "../cause.ts";

/** The StatusCode and ExceptionCode lists of Salesforce's WSDL, as far as our calls can meet them. */
export const causes: Causes = {
  ...causesOf("transient", "Nothing: it is tried again by itself.", [
    "UNABLE_TO_LOCK_ROW",
    "SERVER_UNAVAILABLE",
    "REQUEST_RUNNING_TOO_LONG",
    "QUERY_TIMEOUT",
    "TXN_SECURITY_METERING_ERROR",
    "UNKNOWN_EXCEPTION",
    "REQUEST_LIMIT_EXCEEDED",
    "ERROR_HTTP_408",
    "ERROR_HTTP_420",
    "ERROR_HTTP_429",
    "ERROR_HTTP_500",
    "ERROR_HTTP_502",
    "ERROR_HTTP_503",
    "ERROR_HTTP_504",
  ]),
  ...causesOf(
    "credential",
    "Let the user of SALESFORCE_CLIENT_ID sign in again: countersign doctor says what is refused.",
    [
      "INVALID_SESSION_ID",
      "INVALID_AUTH_HEADER",
      "invalid_client",
      "invalid_client_id",
      "invalid_grant",
    ],
  ),
  ...causesOf(
    "credential",
    "Let the API be used: the org's edition or the user's profile forbids it.",
    ["API_DISABLED_FOR_ORG"],
  ),
  ...causesOf(
    "permanent-data",
    "A validation rule of the org refuses it: meet the rule, or exempt the integration user.",
    ["FIELD_CUSTOM_VALIDATION_EXCEPTION", "FIELD_FILTER_VALIDATION_EXCEPTION"],
  ),
  ...causesOf(
    "permanent-data",
    "Fill in the required fields in Salesforce, or take the rule away.",
    ["REQUIRED_FIELD_MISSING"],
  ),
  ...causesOf("permanent-data", "Make the field longer, or name another in countersign.yaml.", [
    "STRING_TOO_LONG",
    "NUMBER_OUTSIDE_VALID_RANGE",
  ]),
  ...causesOf("permanent-data", "Add the value to the picklist, or map it in countersign.yaml.", [
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "BAD_VALUE_FOR_RESTRICTED_PICKLIST",
  ]),
  ...causesOf(
    "permanent-data",
    "Correct the field in countersign.yaml, or make it and grant access to it: countersign setup salesforce.",
    [
      "INVALID_FIELD",
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      "INVALID_TYPE",
      "INVALID_TYPE_ON_FIELD_IN_RECORD",
      "JSON_PARSER_ERROR",
    ],
  ),
  ...causesOf("permanent-data", "A flow or trigger of the org fails: its owner has to mend it.", [
    "CANNOT_EXECUTE_FLOW_TRIGGER",
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
  ]),
  ...causesOf(
    "permanent-data",
    "Another record holds this unique value, or a duplicate rule refuses it: correct it there.",
    ["DUPLICATE_VALUE", "DUPLICATES_DETECTED", "MULTIPLE_CHOICES", "DUPLICATE_EXTERNAL_ID"],
  ),
  ...causesOf("permanent-data", "Free some of the org's storage.", ["STORAGE_LIMIT_EXCEEDED"]),
  ...causesOf(
    "permanent-target",
    "Link the contracts to Opportunities that exist, or restore these.",
    [
      "ENTITY_IS_DELETED",
      "NOT_FOUND",
      "INVALID_CROSS_REFERENCE_KEY",
      "MALFORMED_ID",
      "ERROR_HTTP_404",
    ],
  ),
  ...causesOf(
    "permanent-target",
    "Give the integration user access to these Opportunities (sharing, or Edit).",
    ["INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"],
  ),
};
