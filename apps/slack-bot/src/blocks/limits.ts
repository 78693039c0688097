/**
 * Slack's limits on a message, in characters or pieces: https://docs.slack.dev/reference/block-kit and
 * the doc comments of @slack/types 3.2. `messageText` is where Slack asks to stop; `allBlocks` is below the
 * undocumented total near 13,000 at which it answers msg_blocks_too_long (bolt-js issue 2509).
 */
export const slackLimits = {
  blocks: 50,
  viewBlocks: 100,
  allBlocks: 12_000,
  viewBytes: 250_000,
  messageText: 4_000,
  header: 150,
  sectionText: 3_000,
  sectionFields: 10,
  sectionField: 2_000,
  contextElements: 10,
  contextText: 2_000,
  actions: 25,
  buttonText: 75,
  buttonUrl: 3_000,
  /** Of a button. */
  value: 2_000,
  /** Of an option: 150 says the reference of the option object, 75 the older comment in @slack/types. */
  optionValue: 150,
  optionText: 75,
  options: 100,
  optionGroups: 100,
  overflowOptions: 5,
  /** Of checkboxes and radio buttons. */
  visibleOptions: 10,
  placeholder: 150,
  inputText: 2_000,
  inputLength: 3_000,
  accessibilityLabel: 75,
  actionId: 255,
  blockId: 255,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  viewTitle: 24,
  privateMetadata: 3_000,
  callbackId: 255,
  externalId: 255,
} as const;

/** How much of a contract's own text a message repeats; small enough that no sum of them meets a limit. */
export const quoteLimits = {
  title: 120,
  /** In a line among others. */
  lineTitle: 80,
  name: 80,
  reason: 300,
  partyReason: 120,
  id: 120,
  crm: 40,
  /** A longer address is not linked inside a text. */
  linkUrl: 500,
  /** Of a contract; core keeps no longer one. Of a deal it is `linkUrl`. */
  buttonUrl: 2_000,
  /** A contract whose id is longer has no buttons that act; the longest is 251. */
  idValue: 300,
  /** In the two columns of a card. */
  field: 60,
  /** Named one by one in a sentence. */
  people: 3,
  parties: 15,
  attention: 3,
  deals: 3,
  happenings: 10,
  listed: 20,
  /** What a call or a check answered, word for word. */
  detail: 300,
} as const;
