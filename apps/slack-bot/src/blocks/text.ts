import { clip } from "@countersign/core";
import { quoteLimits } from "./limits.ts";

/**
 * Text from outside as one clean line of at most `length` characters: no control characters, and nothing
 * that turns the direction of what stands beside it. Right-to-left text is isolated for the same reason.
 */
export function quote(text: string, length: number): string {
  const clean = text
    .replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, "")
    .replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
  const isolated = rightToLeft.test(clean);
  const short = shorten(clean, isolated ? length - 2 : length);
  return isolated ? `\u2068${short}\u2069` : short;
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${clip(text, length - 1).trimEnd()}…`;
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u;

/**
 * Text that Slack shows as it stands where it reads mrkdwn: `&`, `<` and `>` escaped, so that nothing
 * mentions or links (https://docs.slack.dev/messaging/formatting-message-text), and marks that would format
 * replaced by their look-alikes. Marks inside a word format nothing and stay, as in an e-mail address. To be
 * given the whole sentence: a colon of ours behind somebody's `:tada` would make an emoji of it.
 */
export function literal(text: string): string {
  return text
    .replaceAll(
      /(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu,
      (mark) => lookAlikes[mark] ?? "",
    )
    .replaceAll(/:(?=[\p{L}\p{N}\p{M}_+'-]+:)/gu, "\uA789")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

const lookAlikes: Record<string, string> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ˋ" };

/** `label`, plain text, as a link to an https address; alone where there is none, or one too long for a line. */
export function linkTo(url: string | null, label: string): string {
  const shown = literal(label);
  const address = url === null ? null : URL.parse(url);
  if (address?.protocol !== "https:") return shown;
  const href = address.href.replaceAll("|", "%7C").replaceAll("&", "&amp;");
  return href.length > quoteLimits.linkUrl ? shown : `<${href}|${shown}>`;
}

/** A time that each reader sees in their own zone; ISO 8601 where Slack cannot show it. */
export function dateToken(at: string): string {
  const unix = Math.floor(Date.parse(at) / 1_000);
  return `<!date^${unix}^{date_short_pretty} {time}|${at}>`;
}
