import { z } from "zod";
import { lenient, textOf } from "../lenient.ts";
import { timesIn } from "./description.ts";
import { readSubmission } from "./submission.ts";

const page = z.object({
  data: z.array(z.unknown()).catch([]),
  pagination: lenient.object({ next: lenient.read((value) => textOf(value, Infinity)) }),
});

/** The ids on a page of the list at which anything happened from `since` on, an expiry included. */
export function changedIn(body: unknown, since: Date, now: Date): string[] {
  const items = page.parse(body).data;
  const from = since.toISOString();
  return items.flatMap((item) => {
    const submission = readSubmission(item);
    const whole = submission?.whole;
    if (submission === null || whole === undefined) return [];
    const expiry = whole.expire_at ?? "";
    const times = [
      ...timesIn(whole),
      ...submission.parties.flatMap(timesIn),
      expiry <= now.toISOString() ? expiry : "",
    ];
    return times.some((time = "") => time >= from) ? [submission.id] : [];
  });
}

/** Older ids: `next` is the last id of the page, also on the last page, after which comes an empty one. */
export function nextPage(body: unknown): string | null {
  const { data, pagination } = page.parse(body);
  if (data.length === 0 || pagination?.next === undefined) return null;
  return `submissions?limit=100&after=${encodeURIComponent(pagination.next)}`;
}
