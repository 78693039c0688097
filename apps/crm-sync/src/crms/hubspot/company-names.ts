/** Names by company id; undefined where the name is not known yet. */
export type CompanyNames = (companyIds: readonly string[]) => Promise<Map<string, string | null>>;

export type NamesOptions = {
  /** Companies in a call. */
  largest: number;
  now: () => Date;
};

/** A name is asked for again after this time. */
const keptMilliseconds = 6 * 3_600_000;
const mostKept = 50_000;

/** Beside ten readings, and writings as many, one call may be for names; so may one in ten seconds. */
const perReading = 0.1;
const perSecond = 0.1;
const mostSaved = 2;

/**
 * Names of companies for people to see, few calls for many of them: what is known is kept for hours, and
 * what is not known waits until a call is due that asks for a hundred. A company that waits has no name this
 * time. A failure is nobody's: the names stay unknown.
 */
export function createCompanyNames(
  load: (companyIds: string[]) => Promise<ReadonlyMap<string, string | null>>,
  { largest, now }: NamesOptions,
): CompanyNames {
  const known = new Map<string, { name: string | null; until: number }>();
  const waiting = new Set<string>();
  let saved = mostSaved;
  let savedAt = now().getTime();

  function mayCall(): boolean {
    const time = now().getTime();
    saved = Math.min(mostSaved, saved + perReading + ((time - savedAt) / 1_000) * perSecond);
    savedAt = time;
    if (saved < 1) return false;
    saved -= 1;
    return true;
  }

  async function ask(): Promise<void> {
    const asked = [...waiting].slice(0, largest);
    for (const id of asked) waiting.delete(id);
    const found = await load(asked).catch(() => new Map<string, string | null>());
    const until = now().getTime() + keptMilliseconds;
    for (const [id, name] of found) known.set(id, { name, until });
    for (const id of [...known.keys()].slice(0, known.size - mostKept)) known.delete(id);
  }

  return async (companyIds) => {
    const time = now().getTime();
    for (const id of companyIds) if ((known.get(id)?.until ?? 0) <= time) waiting.add(id);
    if (waiting.size > 0 && mayCall()) await ask();
    return new Map(
      companyIds.flatMap((id) => {
        const entry = known.get(id);
        return entry === undefined ? [] : [[id, entry.name] as const];
      }),
    );
  };
}
