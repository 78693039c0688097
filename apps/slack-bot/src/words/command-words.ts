import { quoteLimits } from "../blocks/limits.ts";
import { quote } from "../blocks/text.ts";

export const commandWords = {
  help: "What you can ask:",
  helpEnd:
    "A contract is words of its title, a party, its id or its deal's, or the URL of either. With --share everybody in the channel sees the answer.",
  unknownVerb: (verb: string, nearest: string | null) => {
    const said = `I do not know “${quote(verb, quoteLimits.name)}”.`;
    return nearest === null ? said : `${said} Did you mean “${nearest}”?`;
  },
  noWords: "Say which contract: a word of its title, a party's name or e-mail address, or its id.",
  none: (words: string) =>
    `No contract answers to “${quote(words, quoteLimits.name)}”. Try a word of its title, a party's name or e-mail address, or its id.`,
  forAdmins: "Only those who administer Countersign may ask that.",
  forOurs: "Only people of the organization that installed Countersign may use this.",
  noticeTitle: "Countersign",
  close: "Close",
  late: "That takes longer than Slack waits for. It may be done all the same: look before you do it again.",
  away: "I cannot read the contracts right now. Try again in a minute.",
};
