import { createLog } from "@countersign/service";
import { PermanentError, type Followed } from "@countersign/store";
import { expect, it, vi } from "vitest";
import { createCrmMetrics } from "./metrics.ts";
import { createAlert, createReport } from "./report.ts";

const about = { contractId: "docusign/1", seconds: 0.2 };

it.each<[Followed, string, object]>([
  [{ ...about, outcome: "followed", by: "called" }, "info", {}],
  [{ ...about, outcome: "current" }, "debug", {}],
  [{ ...about, outcome: "later", inSeconds: 7 }, "info", { inSeconds: 7 }],
  [
    { ...about, outcome: "permanent", error: new PermanentError("unknown-stage", "no stage") },
    "warn",
    { code: "unknown-stage", reason: "no stage" },
  ],
])("counts and logs %j as %s", async (followed, level, data) => {
  const log = createLog("test", "silent");
  const logged = vi.fn<(level: string, data: unknown) => void>();
  for (const each of ["debug", "info", "warn"] as const) {
    log[each] = (given: unknown) => logged(each, given);
  }
  const metrics = createCrmMetrics();
  createReport("hubspot", log, metrics).onOutcome(followed);
  const { outcome, contractId } = followed;
  expect(logged).toHaveBeenCalledExactlyOnceWith(
    level,
    expect.objectContaining({ crm: "hubspot", outcome, contractId, ...data }),
  );
  const { values } = await metrics.followed.get();
  expect(values).toMatchObject([{ value: 1, labels: { crm: "hubspot", outcome } }]);
});

const paused = (code: string) => ({ paused: true, code, message: "words" }) as const;

it("raises one alert for a token that holds up several queues, and one for each other reason", () => {
  const log = createLog("test", "silent");
  const raised: unknown[] = [];
  log.error = (data: unknown) => raised.push(data);
  log.info = () => raised.push("goes on");
  const alert = createAlert(log);
  alert("hubspot", paused("EXPIRED_AUTHENTICATION"));
  alert("hubspot-files", paused("EXPIRED_AUTHENTICATION"));
  alert("hubspot", { paused: false });
  alert("hubspot-files", { paused: false });
  alert("hubspot-files", paused("MISSING_SCOPES"));
  expect(raised).toEqual([
    { crm: "hubspot", ...paused("EXPIRED_AUTHENTICATION") },
    "goes on",
    { crm: "hubspot-files", ...paused("MISSING_SCOPES") },
  ]);
});
