import {
  portVariable,
  readEnvironment,
  readSettings,
  SettingsError,
  StoreVariables,
  type Settings,
} from "@countersign/service";
import { storeOptions } from "@countersign/store";
import type { Http } from "@countersign/core";
import { z } from "zod";
import type { CrmTools } from "./crms/crm-kind.ts";
import type { Crm } from "./crms/crm.ts";
import { crmKinds } from "./crms/index.ts";
import { wantsFiles, wantsOf } from "./crms/wants.ts";
import { readSources, type Sources } from "./sources/sources.ts";
import { variables as hubspotVariables } from "./crms/hubspot/schema.ts";
import { variables as salesforceVariables } from "./crms/salesforce/schema.ts";

const crmVariables = { ...hubspotVariables, ...salesforceVariables };

const Variables = StoreVariables.safeExtend({
  CRM_SYNC_PORT: portVariable(3002),
  ...crmVariables,
});

const crmSections = ["hubspot", "salesforce"] as const;

type ConnectCrm = (tools: CrmTools) => Crm;
type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that crm-sync is told from outside, checked once. Throws SettingsError. */
export function readConfig(environment: Environment) {
  const variables = readEnvironment(Variables, environment);
  const file = variables.COUNTERSIGN_CONFIG;
  const settings = readSettings(file, crmSections, environment);
  return {
    port: variables.CRM_SYNC_PORT,
    logLevel: variables.LOG_LEVEL,
    store: storeOptions(variables, "crm-sync"),
    crms: demandCrms(openCrms(settings, variables, file), file),
    openSources: (ports: { http: Http; now: () => Date }): Sources =>
      needsSources(settings) ? readSources(file, environment, ports) : new Map(),
  };
}

/** Whoever attaches no files and writes no deal's id back needs no provider's credentials. */
function needsSources(settings: Settings): boolean {
  return crmKinds.some(({ id }) => {
    const wants = settings[id] && wantsOf(settings[id]);
    return wants !== undefined && (wants.writeBack || wantsFiles(wants));
  });
}

/** What a task of the command line needs to open the store. Throws SettingsError. */
export function readStoreConfig(environment: Environment) {
  return storeOptions(readEnvironment(StoreVariables, environment), "crm-sync task");
}

const CrmVariables = z.object({
  COUNTERSIGN_CONFIG: StoreVariables.shape.COUNTERSIGN_CONFIG,
  ...crmVariables,
});

/** The CRMs of countersign.yaml, or of the file given instead. None at all is a fault. Throws SettingsError. */
export function readCrms(environment: Environment, file?: string): ConnectCrm[] {
  const { crms, path } = readAnyCrms(environment, file);
  return demandCrms(crms, path);
}

/** The same, of which there may be none. Throws SettingsError. */
export function readAnyCrms(
  environment: Environment,
  file?: string,
): { crms: ConnectCrm[]; path: string } {
  const variables = readEnvironment(CrmVariables, environment);
  const path = file ?? variables.COUNTERSIGN_CONFIG;
  return {
    crms: openCrms(readSettings(path, crmSections, environment), variables, path),
    path,
  };
}

/** The CRMs that countersign.yaml has a section for. One without its credentials is a fault. */
function openCrms(
  settings: Settings,
  variables: z.infer<typeof CrmVariables>,
  file: string,
): ConnectCrm[] {
  const crms: ConnectCrm[] = [];
  const faults: string[] = [];
  for (const kind of crmKinds) {
    const opened = kind.open(settings, variables, file);
    if (opened.is === "configured") crms.push(opened.connect);
    if (opened.is === "without-credentials") faults.push(opened.message);
  }
  if (faults.length > 0) throw new SettingsError(faults.join("\n"));
  return crms;
}

function demandCrms(crms: ConnectCrm[], file: string): ConnectCrm[] {
  if (crms.length > 0) return crms;
  const sections = crmKinds.map(({ id }) => id).join(" nor ");
  throw new SettingsError(
    `${file}:1: there is neither ${sections}, so there is no CRM to keep true. Add a section, or do not start crm-sync.`,
  );
}
