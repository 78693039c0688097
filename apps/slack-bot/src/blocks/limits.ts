/**
 * Slack's limits on a message, in characters or pieces: https://docs.slack.dev/reference/block-kit and
 * the doc comments of @slack/types 3.2. `messageText` is where Slack asks to stop; `allBlocks` is below the
 * undocumented total near 13,000 at which it answers msg_blocks_too_long (bolt-js issue 2509).
 */
export const slackLimits = {
  blocks: 50,
  allBlocks: 12_000,
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
  accessibilityLabel: 75,
  actionId: 255,
  blockId: 255,
} as const;

/** How much of a contract's own text a message repeats; small enough that no sum of them meets a limit. */
export const quoteLimits = {
  title: 140,
  name: 80,
  reason: 300,
  partyReason: 120,
  id: 120,
  parties: 15,
  deals: 5,
  happenings: 10,
} as const;
