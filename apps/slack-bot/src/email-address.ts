/** An e-mail address in small letters; null where it is none. */
export function readAddress(typed: string): string | null {
  const address = typed.trim().toLowerCase();
  const isAddress = /^[^\s@<>,;"|]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(address);
  return isAddress && address.length <= 254 ? address : null;
}
