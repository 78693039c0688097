import type { Piece } from "../../blocks/answer.ts";
import { slackLimits } from "../../blocks/limits.ts";
import { cut, lineSections, mrkdwn, type Message } from "../../blocks/message.ts";
import { literal } from "../../blocks/text.ts";
import { doctorWords as words } from "../../words/doctor-words.ts";
import { moreWords } from "../../words/name-words.ts";
import type { Finding } from "./judge.ts";

const icons: Record<Finding["state"], string> = { good: "✅", note: "ℹ️", fault: "⚠️" };

/** Everything that was found, the faults first, each with how it is mended. */
export function doctorMessage(findings: readonly Finding[]): Message {
  const faults = findings.filter(({ state }) => state === "fault");
  const others = findings.filter(({ state }) => state !== "fault");
  const head = faults.length === 0 ? words.allWell : words.faults(faults.length);
  const ordered = [...faults, ...others];
  const lines = ordered.map(({ state, said, fix }) => {
    const mend = fix === null ? "" : `\n      *${words.fix}* ${literal(fix)}`;
    return cut(`${icons[state]} ${shown(said)}${mend}`, longestLine);
  });
  const spoken = ordered.map(({ said, fix }) =>
    fix === null ? shown(said) : `${shown(said)} ${literal(fix)}`,
  );
  return {
    text: cut([head, ...spoken].join("\n"), slackLimits.messageText),
    blocks: [
      { type: "section", text: mrkdwn(`*${literal(head)}*`) },
      ...lineSections(lines, {
        atMost: lines.length,
        room: slackLimits.allBlocks - 2_000,
        more: moreWords,
      }),
    ],
  };
}

const longestLine = 1_500;

function shown(said: readonly Piece[]): string {
  return said.map((piece) => (typeof piece === "string" ? literal(piece) : piece.token)).join("");
}
