import { z } from "zod";

/** A channel, or the direct messages with whoever has the address. `workspace` is empty where there is one by token. */
export const Place = z.object({
  workspace: z.string(),
  channel: z.string().nullable(),
  person: z.string().nullable(),
});
export type Place = z.infer<typeof Place>;

export function nameOfPlace({ workspace, channel, person }: Place): string {
  return `${workspace} ${channel ?? person ?? ""}`;
}
