/** Whether a deal has that id, or had it before it was merged with others. */
export function isCalled<Called extends { recordId: string; formerIds?: readonly string[] }>(
  deal: Called | undefined,
  id: string,
): deal is Called {
  return deal?.recordId === id || deal?.formerIds?.includes(id) === true;
}
