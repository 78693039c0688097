import type { Contract } from "@countersign/core";
import { noteFileContent, type Effect, type StoredFile } from "@countersign/store";
import { z } from "zod";
import { markerOf } from "./marker.ts";
import { isHung, keyOf, once, type Called } from "./once.ts";
import { filesDestination, type FilePorts } from "./ports.ts";
import { readToDisk, type TemporaryFile } from "./temporary-file.ts";

const plan = z.object({
  marker: z.string(),
  at: z.string(),
  title: z.string(),
  kind: z.enum(["signed", "certificate"]),
  key: z.string(),
});

/** Reads a file at the provider and hangs it on the record, once. False where it hangs there. */
export async function attachFile(
  ports: FilePorts,
  contract: Contract,
  { recordId, formerIds }: Called,
  file: StoredFile,
  effects: readonly Effect[],
): Promise<boolean> {
  const { store, crm } = ports;
  const about = {
    destination: filesDestination(crm),
    contractId: contract.id,
    recordId,
    formerIds,
  };
  const hanging = { ...about, kind: "file.attach", name: file.key, plan } as const;
  if (isHung(hanging, effects)) return false;
  await ports.gate(async () => {
    await using stack = new AsyncDisposableStack();
    await once(store, hanging, effects, {
      plan: () => ({
        marker: markerOf(keyOf(hanging)),
        at: contract.completedAt ?? store.now().toISOString(),
        title: titleOf(contract, file),
        kind: file.kind,
        key: file.key,
      }),
      find: ({ marker }) => crm.attachments.findFile(recordId, marker),
      ready: async () => stack.use(await read(ports, contract, file.key)),
      async make({ marker, at, title, ...rest }, { content, blob }, again, held) {
        const { contentType } = content;
        const sent = { marker, at, title, extension: "pdf", contentType, content: blob };
        const outsideId = await crm.attachments.attachFile(recordId, sent, again, held);
        return { outsideId, after: { marker, at, title, ...rest, ...content } };
      },
    });
  });
  return true;
}

/** A page that a proxy or a sign-in puts in the file's place must never hang on a deal as a contract. */
async function read(
  { store, sources }: FilePorts,
  contract: Contract,
  key: string,
): Promise<TemporaryFile> {
  const file = await readToDisk(await sources.open(contract, key));
  if (!(await isPdf(file.blob))) {
    await file[Symbol.asyncDispose]();
    throw new Error("What the provider gave as a signed file is no PDF.");
  }
  await noteFileContent(store, contract.id, key, file.content);
  return file;
}

/** The mark may stand behind a few other bytes (ISO 32000-1, annex H, note 13). */
async function isPdf(blob: Blob): Promise<boolean> {
  const head = Buffer.from(await blob.slice(0, 1_024).arrayBuffer());
  return head.includes("%PDF-");
}

function titleOf({ title }: Contract, file: StoredFile): string {
  const name = [title ?? "Contract", file.title].filter((part) => part !== null).join(", ");
  return `${name.replace(/\.pdf$/i, "")} (${file.kind})`;
}
