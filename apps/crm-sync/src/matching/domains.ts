/** Mail for everybody: whoever has such an address belongs to no company. */
const shared = new Set([
  "aol.com",
  "fastmail.com",
  "gmail.com",
  "gmx.com",
  "gmx.de",
  "gmx.net",
  "googlemail.com",
  "hey.com",
  "hotmail.com",
  "icloud.com",
  "live.com",
  "mac.com",
  "mail.com",
  "mail.ru",
  "me.com",
  "msn.com",
  "naver.com",
  "orange.fr",
  "outlook.com",
  "pm.me",
  "proton.me",
  "protonmail.com",
  "qq.com",
  "t-online.de",
  "web.de",
  "yahoo.co.uk",
  "yahoo.com",
  "yandex.ru",
  "163.com",
]);

/** The domain of an e-mail address in small letters; null where it says nothing of a company. */
export function companyDomain(email: string | null, ignored: ReadonlySet<string>): string | null {
  const domain = email?.trim().toLowerCase().split("@")[1] ?? "";
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain)) return null;
  if (shared.has(domain)) return null;
  return [...ignored].some((own) => isWithin(domain, own)) ? null : domain;
}

/** Whether a domain is the other one or stands below it, as `eu.example.com` below `example.com`. */
export function isWithin(domain: string, other: string): boolean {
  return domain === other || domain.endsWith(`.${other}`);
}

/** The domain of a website as CRMs keep it: with or without scheme, `www` and path. Null where it is none. */
export function domainOfWebsite(website: string | null): string | null {
  const host = (website ?? "")
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .split(/[/?#:]/)[0];
  const domain = (host ?? "").replace(/^www\./, "");
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain) ? domain : null;
}
