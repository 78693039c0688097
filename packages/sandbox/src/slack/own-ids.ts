import type { Team } from "./teams.ts";

/**
 * emulate gives its workspace, founder and first channels the same ids each time. In a second workspace these
 * are told apart by a mark in the second place: `T000000001` inside is `T200000001` outside, and the other way
 * round, so that the first workspace's ids mean nothing there. Applied twice, it changes nothing.
 */
export function swapIds(text: string, { mark }: Pick<Team, "mark">): string {
  if (mark === "0") return text;
  return text.replaceAll(
    new RegExp(`([TCUB])([0${mark}])(0000000\\d(?!\\d)|0COUNTER)`, "g"),
    (_whole, kind: string, found: string, rest: string) =>
      `${kind}${found === "0" ? mark : "0"}${rest}`,
  );
}
