/** @typedef {import("../slack/sight.ts").SlackView} SlackView */
/** @typedef {import("../slack/conversations.ts").Message} Message */
/** @typedef {{ id: string, label: string, channel: string | null, messages: Message[] }} Shown */

/** The id of the tab that shows App Home. */
export const homeTab = "home";

/**
 * What one person has in their sidebar: the channels with `#contracts` first, the bot's direct messages, App Home.
 * @param {SlackView} view @param {string} reader @returns {Shown[]}
 */
export function conversationsFor(view, reader) {
  const channels = view.conversations
    .filter(({ direct, name, messages }) => !direct && (name !== "general" || messages.length > 0))
    .toSorted((a, b) => Number(b.name === "contracts") - Number(a.name === "contracts"))
    .map(({ id, name, messages }) => shownOf(id, `# ${name}`, messages, view, reader));
  const direct = view.conversations.find(({ withUser }) => withUser === reader);
  const inbox = direct
    ? { ...shownOf(direct.id, "Direct", direct.messages, view, reader), id: "direct" }
    : { id: "direct", label: "Direct", channel: null, messages: [] };
  return [...channels, inbox, { id: homeTab, label: "Home", channel: null, messages: [] }];
}

/** @param {string} id @param {string} label @param {Message[]} messages @param {SlackView} view @param {string} reader */
function shownOf(id, label, messages, view, reader) {
  const mine = view.ephemerals.filter(({ channel, user }) => channel === id && user === reader);
  const alone = mine.filter(({ threadTs }) => threadTs === null).map(toMessage);
  const withThreads = messages.map((message) => ({
    ...message,
    replies: [
      ...message.replies,
      ...mine.filter(({ threadTs }) => threadTs === message.ts).map(toMessage),
    ],
  }));
  const broadcast = messages.flatMap(({ replies }) =>
    replies.filter((reply) => reply.broadcast).map((reply) => ({ ...reply, fromThread: true })),
  );
  const all = [...withThreads, ...broadcast, ...alone];
  return { id, label, channel: id, messages: all.toSorted((a, b) => (a.ts < b.ts ? -1 : 1)) };
}

/** An ephemeral message as a message of the channel. */
function toMessage({ ts, text, blocks }) {
  return {
    ts,
    at: new Date(Number(ts) * 1000).toISOString(),
    editedAt: null,
    author: "Countersign",
    text,
    blocks,
    files: [],
    key: null,
    unfurls: {},
    broadcast: false,
    replies: [],
    private: true,
  };
}
