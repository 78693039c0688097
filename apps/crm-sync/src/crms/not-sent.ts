import { RetryLater } from "@countersign/store";

/** Whether a call may still be made for which somebody has waited. */
export type IsTimely = () => boolean;

/** The call was not made: whoever asked for it waited so long that another may have made it since. */
export class NotSent extends RetryLater {
  override name = "NotSent";

  constructor() {
    super(1);
  }
}

/** Throws NotSent where the call comes too late. To be asked straight before it is made, when all waiting is over. */
export function refuseLate(isTimely: IsTimely): void {
  if (!isTimely()) throw new NotSent();
}

export const always: IsTimely = () => true;

/** Whether a call that makes several changes may still be made. */
export function areTimely(changes: readonly { isTimely: IsTimely }[]): IsTimely {
  return () => changes.every(({ isTimely }) => isTimely());
}
