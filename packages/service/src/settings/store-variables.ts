import { faultPoints } from "@countersign/core";
import { z } from "zod";

/** What every app that opens the store reads. An app adds its own variables with `safeExtend`. */
export const StoreVariables = z
  .object({
    DATABASE_URL: z
      .string({
        error: "set it to a PostgreSQL URL, such as postgres://user:password@host/countersign",
      })
      .regex(/^postgres(ql)?:\/\//, { error: "must begin with postgres://", abort: true })
      .refine(
        isAddress,
        "is no URL. In its password, write % / ? # [ ] @ : as %25 %2F %3F %23 %5B %5D %40 %3A",
      ),
    DATABASE_SCHEMA: z.string().default("countersign"),
    DATABASE_BACKEND: z
      .enum(["postgres", "yugabytedb", "citus", "cockroachdb"])
      .default("postgres"),
    COUNTERSIGN_CONFIG: z.string().default("countersign.yaml"),
    LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
    /** For drills, never in production: kills the app the n-th time it gets to a fault point. */
    COUNTERSIGN_DIE_AT: z
      .string()
      .refine(
        namesFaultPoint,
        `must be a fault point (${faultPoints.join(", ")}) and a number, such as planned:1`,
      )
      .optional(),
    NODE_ENV: z.string().optional(),
  })
  .refine(
    ({ COUNTERSIGN_DIE_AT: fatal, NODE_ENV: mode }) => fatal === undefined || mode !== "production",
    {
      path: ["COUNTERSIGN_DIE_AT"],
      message: "kills the app, for drills: unset it, or do not set NODE_ENV to production",
    },
  );

/** PostgreSQL's may go without a host: `postgres://user@/database?host=/run/postgresql`. */
function isAddress(text: string): boolean {
  return URL.canParse(text.replace("@/", "@host/"));
}

function namesFaultPoint(text: string): boolean {
  const [point, ...rest] = text.split(":");
  return faultPoints.some((known) => known === point) && /^[1-9]\d{0,5}$/.test(rest.join(":"));
}
