/** What stands behind the @, in small letters; null where there is none. */
export function domainOf(email: string | null): string | null {
  const domain = email?.split("@").at(1)?.toLowerCase() ?? "";
  return domain === "" ? null : domain;
}

/** Mail providers for everybody: that two people have an address there says nothing of them. */
export const publicMail: ReadonlySet<string> = new Set([
  "aol.com",
  "gmail.com",
  "gmx.de",
  "gmx.net",
  "googlemail.com",
  "hotmail.com",
  "icloud.com",
  "live.com",
  "me.com",
  "outlook.com",
  "proton.me",
  "protonmail.com",
  "web.de",
  "yahoo.com",
]);
