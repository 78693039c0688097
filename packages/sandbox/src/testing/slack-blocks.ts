export const plain = (text: string) => ({ type: "plain_text" as const, text });

export const options = ["Daily", "Weekly"].map((text) => ({
  text: plain(text),
  value: text.toLowerCase(),
}));

/** Every kind of control that a message may have. */
export const actions = {
  type: "actions" as const,
  block_id: "do",
  elements: [
    { type: "button" as const, action_id: "remind", text: plain("Remind"), value: "a" },
    { type: "static_select" as const, action_id: "digest", placeholder: plain("Digest"), options },
    { type: "overflow" as const, action_id: "more", options },
    { type: "datepicker" as const, action_id: "until" },
  ],
};

/** Every kind of input that a modal may have. */
export const view = {
  type: "modal" as const,
  title: plain("Link to deal"),
  submit: plain("Link"),
  notify_on_close: true,
  blocks: [
    {
      type: "input" as const,
      block_id: "deal",
      label: plain("Deal"),
      element: { type: "external_select" as const, action_id: "id", min_query_length: 1 },
    },
    {
      type: "input" as const,
      block_id: "why",
      label: plain("Why"),
      optional: true,
      element: { type: "plain_text_input" as const, action_id: "text", multiline: true },
    },
    {
      type: "input" as const,
      block_id: "who",
      label: plain("Tell"),
      element: { type: "checkboxes" as const, action_id: "them", options },
    },
    {
      type: "input" as const,
      block_id: "how",
      label: plain("How"),
      element: {
        type: "radio_buttons" as const,
        action_id: "way",
        options,
        initial_option: options[0],
      },
    },
    {
      type: "input" as const,
      block_id: "owner",
      label: plain("Owner"),
      element: { type: "users_select" as const, action_id: "user" },
    },
  ],
};
