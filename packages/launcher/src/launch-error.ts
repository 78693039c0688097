/** Why Countersign cannot start. The message is for people: what is wrong, where, and what to do. */
export class LaunchError extends Error {
  override readonly name = "LaunchError";
}
