/** The hosts of some addresses, each once; an address that is not set has none. */
export function hostsOf(...addresses: readonly (string | undefined)[]): string[] {
  const hosts = addresses.flatMap((address) => URL.parse(address ?? "")?.hostname ?? []);
  return [...new Set(hosts.filter((host) => host !== ""))];
}
