/** How the app introduces itself where people install it. */
export const manifestWords = {
  name: "Countersign",
  description: "One card for each contract, true to its state as it is sent, viewed and signed.",
  longDescription:
    "Countersign keeps one card for each contract in the channels that ask for it, and edits it as the contract is sent, viewed, signed, completed or declined. Ask where a contract stands with /contract, link it to its deal, have its signers reminded, and see in App Home what waits for whom. Whoever owns a contract is told directly of what matters, within working hours, and chooses what that is.",
  command: "Where contracts stand, and what can be done about them",
  /** For whoever prints the manifest. */
  leftOut: (domains: readonly string[]) =>
    `Slack takes five domains whose links are shown; left out: ${domains.join(", ")}.`,
  noAddress:
    "With --oauth, give the address at which Slack reaches the bot, such as https://countersign.example.",
};
