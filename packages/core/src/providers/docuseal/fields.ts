import type { Answer, FieldCalls, HttpAnswer, OpenedField } from "../client.ts";
import { mapAnswer, taken } from "../rest.ts";
import { fieldsIn } from "./description.ts";
import type { Party, Submission } from "./submission.ts";

type Fetch = (id: string) => Promise<Answer<{ submission: Submission }>>;

/** Puts a body to a path of the API. */
export type Put = (path: string, body: object) => Promise<Answer<HttpAnswer>>;

/**
 * Fields in a party's `metadata`, by PUT /submitters/{id}, which takes it as a whole, sends no mail unless it is
 * told to, and refuses whoever has completed: app/controllers/api/submitters_controller.rb of docusealco/docuseal.
 */
export function fieldsOf(fetch: Fetch, put: Put): FieldCalls {
  return {
    afterEnd: false,
    open: async (id, name) =>
      mapAnswer(await fetch(id), ({ submission }) => opened(put, submission.parties, name)),
  };
}

function opened(put: Put, parties: Party[], name: string): OpenedField {
  const party = placeOf(parties, name);
  return {
    value: fieldsIn(parties)[name] ?? null,
    obstacle: party === null ? `No party that is still to sign can hold ${name}.` : null,
    async write(value) {
      if (party === null) return { outcome: "missing" };
      const { [name]: _before, ...others } = party.metadata ?? {};
      const metadata = value === null ? others : { ...others, [name]: value };
      return taken(await put(`submitters/${encodeURIComponent(party.id)}`, { metadata }));
    },
  };
}

/** The party that has the field already, else the first one that can still be changed. */
function placeOf(parties: readonly Party[], name: string): Party | null {
  const holder = parties.find(({ metadata = {} }) => name in metadata);
  const party = holder ?? parties.find(isOpen);
  return party !== undefined && isOpen(party) ? party : null;
}

function isOpen({ status, completed_at: completedAt, declined_at: declinedAt }: Party): boolean {
  const isOver = status === "completed" || status === "declined";
  return !isOver && completedAt === undefined && declinedAt === undefined;
}
