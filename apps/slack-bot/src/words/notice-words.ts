import { countWords } from "./name-words.ts";

export const noticeWords = {
  loud: (posts: number, perMinutes: number, everyMinutes: number) =>
    `Too much is going on here: ${countWords(posts, "message")} in ${countWords(perMinutes, "minute")}. Until it calms, I sum up what happens every ${countWords(everyMinutes, "minute")}. The cards stay true.`,
  calm: "It is calm again: I tell of each thing as it happens.",
  stopped: (channel: string) => `I can no longer post in ${channel}.`,
  direct: (name: string) => `I can no longer write to ${name}.`,
  reason: "Reason",
  toDo: "What to do",
};
