import { expect, it } from "vitest";
import { createPauses, type WorkspaceChange } from "./pauses.ts";

it("holds one workspace back, longer each time, and tells of it once", () => {
  let time = Date.parse("2026-05-04T09:00:00Z");
  const changes: WorkspaceChange[] = [];
  const pauses = createPauses(
    () => new Date(time),
    (change) => changes.push(change),
  );
  const refuse = () => pauses.refused("T1", "token_revoked", "Install it again.", null);
  expect(refuse()).toMatchObject({ seconds: 30, code: "token_revoked" });
  expect(refuse()).toMatchObject({ seconds: 30 });
  expect(pauses.standing("T1")).toMatchObject({ seconds: 30, advice: "Install it again." });
  expect(pauses.standing("T2")).toBeNull();
  const waits = Array.from({ length: 6 }, () => {
    time += (pauses.standing("T1")?.seconds ?? 0) * 1_000;
    expect(pauses.standing("T1")).toBeNull();
    return refuse().seconds;
  });
  expect(waits).toEqual([60, 120, 240, 480, 600, 600]);
  pauses.worked("T1");
  pauses.worked("T1");
  expect(pauses.standing("T1")).toBeNull();
  expect(changes).toEqual([
    { workspace: "T1", paused: true, code: "token_revoked", advice: "Install it again." },
    { workspace: "T1", paused: false },
  ]);
  expect(refuse().seconds).toBe(30);
});
