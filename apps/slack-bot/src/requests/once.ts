import { takeRequest } from "@countersign/store";
import type { Asking, Reply } from "../asking.ts";
import type { Ports } from "../ports.ts";

/** What `work` replies; nothing where this very request was taken before, by whatever process. */
export async function once(
  ports: Pick<Ports, "store">,
  { requestId }: Pick<Asking, "requestId">,
  work: () => Promise<Reply>,
): Promise<Reply> {
  if (!(await takeRequest(ports.store(), requestId))) return { kind: "nothing" };
  return work();
}
