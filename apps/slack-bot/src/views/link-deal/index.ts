import { readContract } from "@countersign/store";
import { refusalOf } from "../../acting/permit.ts";
import { answerTie } from "../../ties/answer.ts";
import { contractGone } from "../../words/act-words.ts";
import type { Submission } from "../view.ts";
import { errorsAt, fields, linkDealId, readEntry } from "./fields.ts";

/** The modal "Link to deal"; what is wrong with an entry is said in it. */
export const linkDealSubmission: Submission = {
  id: linkDealId,
  async submit({ filled, privateMetadata }, asking, ports) {
    const entry = readEntry(filled, Object.keys(ports.dealFields));
    if (entry.kind === "errors") return entry;
    const stored = await readContract(ports.store().database, privateMetadata);
    if (stored === null) return errorsAt(fields.deal, contractGone);
    const { contract } = stored;
    const refusal = await refusalOf(ports, asking, "link", contract);
    if (refusal !== null) return errorsAt(fields.deal, refusal);
    return { kind: "close", tell: await answerTie(ports, asking, contract, entry) };
  },
};
