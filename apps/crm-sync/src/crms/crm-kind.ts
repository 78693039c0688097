import type { Settings } from "@countersign/service";
import type { z } from "zod";
import type { CallTools } from "./calls.ts";
import type { Crm } from "./crm.ts";

/** The sections of countersign.yaml that are about CRMs, and the sources that contracts come from. */
export type CrmSettings = Pick<Settings, Crm["id"] | "sources">;

export type CrmTools = CallTools & { now: () => Date };

/** One kind of CRM: how it gets from settings and environment variables to a connection. */
export type CrmKind<Variables extends z.ZodRawShape = z.ZodRawShape> = {
  id: Crm["id"];
  /** The environment variables of its credentials. */
  variables: Variables;
  open(settings: CrmSettings, variables: z.infer<z.ZodObject<Variables>>, file: string): OpenCrm;
};

type OpenCrm =
  /** countersign.yaml has no section for it. */
  | { is: "off" }
  | { is: "without-credentials"; message: string }
  | { is: "configured"; connect: (tools: CrmTools) => Crm };
