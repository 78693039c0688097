import { isDue } from "./installation.ts";
import type { Installations } from "./installations.ts";
import type { SlackOAuth } from "./slack-oauth.ts";

export type RemovalPorts = {
  installations: Installations;
  oauth: SlackOAuth;
  now: () => Date;
};

/**
 * Removes an installation whose token Slack refuses for good, and says whether it did. To be asked when Slack
 * tells that the app was taken out or its token ended: such an event may come late, when the app has been
 * installed again. Rejects where Slack cannot be asked.
 */
export function removeIfRefused(
  { installations, oauth, now }: RemovalPorts,
  id: string,
): Promise<boolean> {
  return installations.alone(id, async () => {
    const stored = await installations.read(id);
    if (stored === null) return false;
    if (stored.rotation !== null && isDue(stored, now())) {
      const exchanged = await oauth.refresh(stored, stored.rotation.refreshToken);
      if (exchanged.kind === "granted") {
        await installations.save(exchanged.installation);
        return false;
      }
      return exchanged.kind === "refused" && installations.remove(id);
    }
    const isRefused = await oauth.isRefused(stored.botToken);
    return isRefused && installations.remove(id);
  });
}
