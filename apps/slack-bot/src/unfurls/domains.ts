import { providerById } from "@countersign/core";
import type { SourceSettings } from "@countersign/service";
import { dealNames } from "../deals/index.ts";

/** Slack takes five in a manifest (https://docs.slack.dev/reference/app-manifest). */
const most = 5;

/** The domains whose links Slack tells us of, and those for which there is no more room. */
export type UnfurlDomains = { domains: string[]; leftOut: string[] };

/**
 * Where the configured CRMs and providers have their pages; the CRMs first, then the providers in the order
 * of the settings. Slack means every host below a domain too, and knows none without a dot.
 */
export function unfurlDomains(
  sources: readonly Pick<SourceSettings, "provider" | "settings">[],
  crms: readonly string[],
): UnfurlDomains {
  const ofCrms = dealNames.filter(({ crm }) => crms.includes(crm)).flatMap(({ domain }) => domain);
  const all = [...new Set([...ofCrms, ...sources.flatMap(hostsOf)])].filter(isDomain);
  const needed = all.filter((host) => !all.some((other) => host.endsWith(`.${other}`)));
  return { domains: needed.slice(0, most), leftOut: needed.slice(most) };
}

/** None where the settings are not the provider's: whoever connects to it complains of that. */
function hostsOf({
  provider: id,
  settings,
}: Pick<SourceSettings, "provider" | "settings">): readonly string[] {
  const provider = providerById(id);
  const read = provider?.settings.safeParse(settings);
  return provider !== undefined && read?.success === true ? provider.pageHosts(read.data) : [];
}

function isDomain(host: string): boolean {
  return /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?\.[a-z]{2,}$/.test(host);
}
