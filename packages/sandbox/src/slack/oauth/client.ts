/**
 * Our app as OAuth knows it. Installed by the first, its tokens never end; by the second they rotate, as an
 * app's do whose manifest says `token_rotation_enabled`.
 */
export const oauthClients = [
  { clientId: "sandbox", clientSecret: "sandbox-slack-client-secret", rotates: false },
  { clientId: "sandbox-rotating", clientSecret: "sandbox-slack-client-secret", rotates: true },
] as const;

export type OAuthClient = (typeof oauthClients)[number];

export function clientById(id: unknown): OAuthClient | undefined {
  return oauthClients.find(({ clientId }) => clientId === id);
}
