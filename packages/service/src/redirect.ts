import type { HttpCall } from "@countersign/core";

const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * The call that a redirect asks for, or null where it is not made: only what is read is followed, and https never to
 * http. Another origin is told no header, for any of them may be a key; presigned addresses of files need none.
 */
export function redirected(
  { method, url, headers, streamed = false }: HttpCall,
  status: number,
  location: string | null,
): HttpCall | null {
  if (method !== "GET" || !redirects.has(status) || location === null) return null;
  const from = new URL(url);
  const to = URL.parse(location, url);
  if (to === null || !isCalled(to, from)) return null;
  return { method, url: to.href, headers: to.origin === from.origin ? headers : {}, streamed };
}

/** `fetch` refuses an address with a name and a password. */
function isCalled(to: URL, from: URL): boolean {
  if (to.username !== "" || to.password !== "") return false;
  return to.protocol === "https:" || (to.protocol === "http:" && from.protocol === "http:");
}
