import { openStatuses } from "@countersign/core";
import { readContractsOf, savePerson, wake, type Store } from "@countersign/store";
import { personOf, userOf } from "../acting/people.ts";
import type { Asking } from "../asking.ts";
import { answer } from "../blocks/answer.ts";
import type { Message } from "../blocks/message.ts";
import type { Ports } from "../ports.ts";
import { isAdmin } from "../roles.ts";
import { connectWords } from "../words/connect-words.ts";
import { judgeClaim, type Claim } from "./decide.ts";

/** Keeps that the address is that person's, where whoever says so is believed, and says what came of it. */
export async function connectAs(
  ports: Ports,
  asking: Asking,
  { userId, email }: Pick<Claim, "userId" | "email">,
): Promise<Message> {
  const { workspace } = asking;
  const store = ports.store();
  const [known, by, holder] = await Promise.all([
    personOf(ports, { workspace, userId }),
    personOf(ports, asking),
    userOf(ports, workspace, email),
  ]);
  const verdict = judgeClaim({
    email,
    userId,
    knownAs: known.email,
    holder,
    by: { userId: by.userId, isAdmin: isAdmin(ports.roles, by) },
  });
  switch (verdict.kind) {
    case "taken":
      await savePerson(store, {
        workspace,
        userId,
        email,
        isStated: true,
        timezone: known.timezone,
      });
      await wakeContractsOf(store, [email, known.email]);
      return answer(...connectWords.connected(userId, email));
    case "already":
      return answer(...connectWords.already(userId, email));
    case "not-for-others":
      return answer(connectWords.notForOthers);
    case "somebody-elses":
      return answer(...connectWords.somebodyElses(email, verdict.holder));
    case "other-domain":
      return answer(connectWords.otherDomain(email, verdict.own));
  }
}

/** How many of somebody's open contracts are looked at again at once; others follow when they change. */
const most = 500;

/** Who hears of these contracts is somebody else now. */
async function wakeContractsOf(store: Store, emails: readonly (string | null)[]): Promise<void> {
  for (const email of emails) {
    if (email === null) continue;
    const contracts = await readContractsOf(store, email, { statuses: [...openStatuses] }, most);
    await wake(
      store,
      "slack",
      contracts.map(({ contract }) => contract.id),
    );
  }
}
