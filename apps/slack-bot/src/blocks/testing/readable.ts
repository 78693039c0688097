/** Everything that a message or view shows or says, and of what kind each text is. */
export type Shown = { type: "plain_text" | "mrkdwn" | "fallback"; text: string };

export function textsOf(message: { text?: string; blocks: unknown }): Shown[] {
  const found: Shown[] =
    message.text === undefined ? [] : [{ type: "fallback", text: message.text }];
  JSON.stringify(message.blocks, (_key, value: unknown) => {
    if (isText(value)) found.push(value);
    return value;
  });
  return found;
}

/** All of it as one text, as people would read it. */
export function read(message: { text?: string; blocks: unknown }): string {
  return textsOf(message)
    .map(({ text }) => text)
    .join("\n");
}

/** The elements of a message's blocks, by what stands on them. */
export function buttonsOf(message: { blocks: unknown }): Map<string, Record<string, unknown>> {
  const found = new Map<string, Record<string, unknown>>();
  JSON.stringify(message.blocks, (_key, value: unknown) => {
    if (isRecord(value) && typeof value["action_id"] === "string") {
      found.set(isText(value["text"]) ? value["text"].text : value["action_id"], value);
    }
    return value;
  });
  return found;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isText(value: unknown): value is Shown {
  return (
    isRecord(value) &&
    typeof value["text"] === "string" &&
    typeof value["type"] === "string" &&
    ["plain_text", "mrkdwn"].includes(value["type"])
  );
}
