/** Settings that cannot be used. Its message is for a person: one line a fault, each with the fix. */
export class SettingsError extends Error {
  override name = "SettingsError";
}
