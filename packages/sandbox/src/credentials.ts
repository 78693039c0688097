/** What our bot presents to the sandbox's Slack. */
export const botToken = "xoxb-sandbox";

/** What the sandbox's Slack signs its requests to our bot with. */
export const signingSecret = "sandbox-slack-signing-secret";

/** The webhook secret that a provider's sandbox side signs with. */
export function secretOf(providerId: string): string {
  return `sandbox-${providerId}`;
}

/** What it signs with once its secret has been rotated. */
export function nextSecretOf(providerId: string): string {
  return `${secretOf(providerId)}-next`;
}
