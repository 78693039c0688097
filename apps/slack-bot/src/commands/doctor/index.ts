import type { Command } from "../command.ts";
import { examine } from "./examine.ts";
import { judgeExamination } from "./judge.ts";
import { doctorMessage } from "./message.ts";

/** `/contract doctor`: what is wrong with the bot in this workspace, and how it is mended. */
export const doctor: Command = {
  slash: "/contract",
  verb: "doctor",
  words: "",
  summary: "what is wrong with the bot, and how to mend it",
  forAdmins: true,
  async answer(_, { workspace }, ports) {
    const findings = judgeExamination(await examine(ports, workspace), ports.now());
    return { kind: "message", message: doctorMessage(findings) };
  },
};
