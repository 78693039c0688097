type Valued = { value: string };

/** An element with options, in one list or in groups. */
type Choices = {
  options?: Valued[] | undefined;
  option_groups?: { options: Valued[] }[] | undefined;
};

/** What is chosen comes back as its value alone, so no two may share one. */
export function areDistinct(options: Valued[]): boolean {
  return new Set(options.map(({ value }) => value)).size === options.length;
}

export function hasOneList({ options, option_groups }: Choices): boolean {
  return (options === undefined) !== (option_groups === undefined);
}

/** Whether what is chosen at first is on offer: Slack wants the very option, text and all. */
export function isOffered(
  { options = [], option_groups = [] }: Choices,
  initial: (Valued | undefined)[] = [],
): boolean {
  const offered = [...options, ...option_groups.flatMap((group) => group.options)];
  const known = new Set(offered.map((option) => JSON.stringify(option)));
  return initial.every((option) => option === undefined || known.has(JSON.stringify(option)));
}
