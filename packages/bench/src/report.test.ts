import { expect, it } from "vitest";
import { renderReport } from "./report.ts";
import type { Result } from "./result.ts";
import { alignColumns } from "./table.ts";

it("gives each column the width of its widest cell", () => {
  const rows = [["name", "a", "long head"], ["longer name", "1,000", "2"], ["short"]];
  expect(alignColumns(rows)).toEqual([
    "name             a  long head",
    "longer name  1,000          2",
    "short",
  ]);
});

it("shows the measured parts and no others", () => {
  const result: Result = {
    machine: { cores: 2, node: "24.1.0", postgres: "18.4", fsync: "on", synchronousCommit: "on" },
    ceiling: {
      perSecond: 12_345.6,
      p50Ms: 8,
      p99Ms: 20.25,
      rssMb: 90,
      connections: 64,
      refused: 0,
    },
  };
  const met = { name: "speed", target: "≥ 1", measured: "2", met: true };
  expect(renderReport(result, [met, { ...met, name: "size", met: false }])).toBe(
    [
      "2 cores, Node 24.1.0, PostgreSQL 18.4, fsync on, synchronous_commit on",
      "",
      "webhooks over 64 connections                               2xx/s  p50 ms  p99 ms  peak MB  not 2xx  2xx in all  stored  read/s",
      "(a) bare Express endpoint: body and HMAC, nothing stored  12,346     8.0    20.3       90        0",
      "",
      "               target  measured",
      "target: speed     ≥ 1         2     met",
      "target: size      ≥ 1         2  missed",
      "",
    ].join("\n"),
  );
});
