import { describe, expect, it } from "vitest";
import { firstBarred } from "./place.ts";

const user = { uid: 101, gid: 104 };

describe("firstBarred", () => {
  it.each([
    ["everybody may enter", { mode: 0o40755, uid: 0, gid: 0 }, false],
    ["a private home", { mode: 0o40700, uid: 0, gid: 0 }, true],
    ["others may only read", { mode: 0o40754, uid: 0, gid: 0 }, true],
    ["its own folder", { mode: 0o40700, uid: 101, gid: 0 }, false],
    ["its own folder, closed to itself", { mode: 0o40077, uid: 101, gid: 0 }, true],
    ["a folder of its group", { mode: 0o40710, uid: 0, gid: 104 }, false],
    ["a folder closed to its group alone", { mode: 0o40705, uid: 0, gid: 104 }, true],
  ])("%s", (_name, folder, barred) => {
    const path = "/home/someone";
    const root = { path: "/", mode: 0o40755, uid: 0, gid: 0 };
    const found = firstBarred([root, { path, ...folder }], user.uid, user.gid);
    expect(found).toBe(barred ? path : undefined);
  });
});
