/** What two come to. Where one fails, the other has ended too by the time that it is heard of: nothing goes on unseen. */
export async function bothEnded<One, Other>(
  one: Promise<One>,
  other: Promise<Other>,
): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
