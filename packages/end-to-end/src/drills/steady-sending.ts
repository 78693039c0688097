import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { fold } from "@countersign/core";
import { openReader, readContract, readEvents } from "@countersign/store";
import { expect } from "vitest";
import { deliveriesOf } from "../stack.ts";
import { aWalk, wholeLife } from "../walk.ts";

type Request = ReturnType<typeof deliveriesOf>[number];

/** The bodies that were sent of each contract, and how many requests were answered with which status. */
export type Sent = { bodies: Map<string, Buffer[]>; answers: Record<number, number> };

/**
 * Walks contracts through their lives, each delivery to every receiver in service, until told to stop. A
 * contract that was begun is walked to its end.
 */
export async function sendSteadily(
  ports: () => readonly number[],
  stop: AbortSignal,
): Promise<Sent> {
  const sent: Sent = { bodies: new Map(), answers: {} };
  const sender = async () => {
    while (!stop.aborted) await live(ports, sent);
  };
  await Promise.all(Array.from({ length: 6 }, sender));
  return sent;
}

async function live(ports: () => readonly number[], sent: Sent): Promise<void> {
  const walk = aWalk("Rolling");
  const life = wholeLife(new Date());
  const bodies: Buffer[] = [];
  for (const [done] of life.entries()) {
    for (const request of deliveriesOf("docusign", walk, life.slice(0, done + 1))) {
      const statuses = await Promise.all(ports().map((port) => send(port, request)));
      for (const status of statuses) sent.answers[status] = (sent.answers[status] ?? 0) + 1;
      bodies.push(request.body);
      await sleep(10);
    }
  }
  sent.bodies.set(`docusign/${walk.externalId}`, bodies);
}

async function send(port: number, { body, headers }: Request): Promise<number> {
  const url = `http://127.0.0.1:${port}/webhooks/docusign`;
  const answer = await fetch(url, { method: "POST", body, headers });
  await answer.arrayBuffer();
  return answer.status;
}

/** Every body is stored, and every contract is completed and what its events make of it; their versions. */
export async function expectAllStored(
  databaseUrl: string,
  { bodies }: Sent,
): Promise<Map<string, number>> {
  await using reader = openReader({ url: databaseUrl, applicationName: "drill" });
  const versions = new Map<string, number>();
  for (const [id, sent] of bodies) {
    const digests = sent.map((body) => createHash("sha256").update(body).digest());
    const { rows } = await reader.database.query<{ stored: number }>(
      "select count(*)::int as stored from deliveries where digest = any($1)",
      [digests],
    );
    expect(rows[0]?.stored, id).toBe(new Set(digests.map(String)).size);
    const [source = "", externalId = ""] = id.split("/");
    const events = await readEvents(reader.database, id);
    const stored = await readContract(reader.database, id);
    expect(stored?.contract, id).toEqual(fold({ id, source, externalId }, events));
    expect(stored?.contract.status, id).toBe("completed");
    versions.set(id, stored?.version ?? 0);
  }
  return versions;
}
