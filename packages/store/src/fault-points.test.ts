import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";

const dying = (where: string, points: string[]) =>
  spawnSync(process.execPath, [
    "--input-type=module-typescript",
    "--eval",
    `import { dieAt } from ${JSON.stringify(import.meta.resolve("./fault-points.ts"))};
     const reach = dieAt(${JSON.stringify(where)});
     for (const point of ${JSON.stringify(points)}) { reach(point); console.log(point); }`,
  ]);

it("kills the process the n-th time that it gets to the point, as kill -9 does", () => {
  const { signal, stdout } = dying("planned:2", ["planned", "called", "planned", "settled"]);
  expect(signal).toBe("SIGKILL");
  expect(stdout.toString()).toBe("planned\ncalled\n");
});

it("lets it live where it does not get there", () => {
  const { status, signal } = dying("planned:2", ["planned", "called"]);
  expect({ status, signal }).toEqual({ status: 0, signal: null });
});
