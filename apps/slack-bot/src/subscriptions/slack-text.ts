/**
 * What a person typed, from what Slack makes of it: addresses that it turned into links stand as typed, a
 * mention is `<@U123>` without its name, and `&amp;`, `&lt;` and `&gt;` are read back
 * (https://docs.slack.dev/interactivity/implementing-slash-commands, with should_escape).
 */
export function asTyped(text: string): string {
  return text.replaceAll(
    /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>|<(mailto:|https?:)([^<>|]*)(?:\|([^<>]*))?>|&(amp|lt|gt);/g,
    (_, user?: string, scheme = "", address = "", label?: string, entity = "") => {
      if (user !== undefined) return `<@${user}>`;
      if (entity !== "") return entities[entity] ?? "";
      return label ?? `${scheme === "mailto:" ? "" : scheme}${address}`;
    },
  );
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">" };
