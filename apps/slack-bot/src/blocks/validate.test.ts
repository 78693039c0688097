import { describe, expect, it } from "vitest";
import { findAnswerFaults, findFaults, findViewFaults } from "./validate.ts";

const plain = (text: string) => ({ type: "plain_text", text });
const header = (text: string) => ({ type: "header", text: plain(text) });
const section = (text: string, more = {}) => ({
  type: "section",
  text: { type: "mrkdwn", text, verbatim: true },
  ...more,
});
const option = (value: string, text = value) => ({ text: plain(text), value });
const options = (count: number) => Array.from({ length: count }, (_, n) => option(String(n)));
const button = (more = {}) => ({ type: "button", action_id: "go", text: plain("Go"), ...more });
const select = (more = {}) => ({ type: "static_select", action_id: "choose", ...more });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const input = (element: object, more = {}) => ({
  type: "input",
  block_id: "one",
  label: plain("One"),
  element,
  ...more,
});
const text = (more = {}) => ({ type: "plain_text_input", action_id: "typed", ...more });
const modal = (more = {}) => ({
  type: "modal",
  title: plain("Link to deal"),
  submit: plain("Link"),
  blocks: [input(text())],
  ...more,
});
const message = (...blocks: object[]) => ({ text: "A sentence.", blocks });

describe("a message", () => {
  it.each([
    ["a long header", message(header("a".repeat(151)))],
    ["a long section", message(section("a".repeat(3_001)))],
    ["an empty section", message({ type: "section" })],
    ["too many blocks", message(...Array.from({ length: 51 }, () => header("a")))],
    ["too much in all", message(...Array.from({ length: 5 }, () => section("a".repeat(2_900))))],
    ["an unknown block", message({ type: "carousel" })],
    ["no text for notifications", { text: "", blocks: [header("a")] }],
    ["half a character", message(header("\uD83D"))],
    ["mrkdwn that looks for names", message(section("a", { text: { type: "mrkdwn", text: "a" } }))],
    [
      "two blocks of one id",
      message(section("a", { block_id: "b" }), section("c", { block_id: "b" })),
    ],
    ["two elements of one id", message(actions(button(), button({ value: "2" })))],
    ["a long value", message(actions(button({ value: "v".repeat(2_001) })))],
    ["a long label", message(actions(button({ accessibility_label: "a".repeat(76) })))],
    ["no address", message(actions(button({ url: "here" })))],
    ["a long question", message(actions(button({ confirm: { text: plain("a".repeat(301)) } })))],
    [
      "six choices behind three dots",
      message(actions({ type: "overflow", action_id: "m", options: options(6) })),
    ],
    ["a long option value", message(actions(select({ options: [option("v".repeat(151))] })))],
    ["a long option", message(actions(select({ options: [option("v", "t".repeat(76))] })))],
    [
      "two options of one value",
      message(actions(select({ options: [option("v", "a"), option("v", "b")] }))),
    ],
    ["too many options", message(actions(select({ options: options(101) })))],
    ["no options", message(actions(select()))],
    [
      "a first choice that is none",
      message(actions(select({ options: options(2), initial_option: option("9") }))),
    ],
    ["input", message(input(text()))],
    ["a field to type into among buttons", message(actions(text()))],
  ])("is refused for %s", (_, given) => {
    expect(findFaults(given)).not.toEqual([]);
  });

  it("is taken where Slack takes it", () => {
    const given = message(
      header("a".repeat(150)),
      { type: "divider" },
      section("b", { accessory: { type: "overflow", action_id: "m", options: options(5) } }),
      { type: "context", elements: [plain("c")] },
      actions(
        button({
          value: "v",
          style: "primary",
          confirm: { title: plain("Sure?"), text: plain("Yes?") },
        }),
        select({ option_groups: [{ label: plain("Group"), options: options(100) }] }),
        { type: "external_select", action_id: "e", min_query_length: 0 },
        {
          type: "multi_static_select",
          action_id: "ms",
          options: options(2),
          initial_options: options(1),
        },
        { type: "users_select", action_id: "u", initial_user: "U0123" },
        { type: "conversations_select", action_id: "c", filter: { include: ["public"] } },
        { type: "checkboxes", action_id: "cb", options: options(10), initial_options: options(2) },
        { type: "radio_buttons", action_id: "r", options: options(3), initial_option: option("1") },
        { type: "datepicker", action_id: "d", initial_date: "2026-05-04" },
      ),
      actions(button()),
    );
    expect(findFaults(given)).toEqual([]);
  });
});

describe("a view", () => {
  it.each([
    ["a long title", modal({ title: plain("a".repeat(25)) })],
    ["a long submit", modal({ submit: plain("a".repeat(25)) })],
    ["input without submit", modal({ submit: undefined })],
    ["long private metadata", modal({ private_metadata: "a".repeat(3_001) })],
    ["a long callback id", modal({ callback_id: "a".repeat(256) })],
    ["a long external id", modal({ external_id: "a".repeat(256) })],
    ["101 blocks", modal({ blocks: Array.from({ length: 101 }, () => header("a")) })],
    [
      "more than 250 kB",
      modal({ blocks: Array.from({ length: 95 }, () => section("é".repeat(2_900))) }),
    ],
    [
      "two elements with the focus",
      modal({
        blocks: [
          input(text({ focus_on_load: true })),
          input(text({ focus_on_load: true }), { block_id: "two" }),
        ],
      }),
    ],
    ["a label too long", modal({ blocks: [input(text(), { label: plain("a".repeat(2_001)) })] })],
    [
      "a text too short to be long enough",
      modal({ blocks: [input(text({ min_length: 9, max_length: 8 }))] }),
    ],
    [
      "a first text that is too long",
      modal({ blocks: [input(text({ initial_value: "abc", max_length: 2 }))] }),
    ],
    [
      "no such day",
      modal({
        blocks: [input({ type: "datepicker", action_id: "d", initial_date: "2026-02-30" })],
      }),
    ],
    [
      "eleven boxes",
      modal({ blocks: [input({ type: "checkboxes", action_id: "c", options: options(11) })] }),
    ],
    ["a button as input", modal({ blocks: [input(button())] })],
    ["a title at home", { type: "home", title: plain("Home"), blocks: [header("a")] }],
  ])("is refused for %s", (_, view) => {
    expect(findViewFaults(view)).not.toEqual([]);
  });

  it.each([
    ["a modal", modal({ private_metadata: "{}", callback_id: "link_deal", notify_on_close: true })],
    ["a modal that only tells", { type: "modal", title: plain("Why"), blocks: [section("a")] }],
    ["home", { type: "home", blocks: Array.from({ length: 100 }, () => section("a".repeat(500))) }],
  ])("is taken where Slack takes it: %s", (_, view) => {
    expect(findViewFaults(view)).toEqual([]);
  });
});

describe("an answer", () => {
  it.each([
    ["for one person", { ...message(header("a")), response_type: "ephemeral" }],
    ["in place of the message", { ...message(header("a")), replace_original: true }],
    ["that takes the message away", { delete_original: true }],
    ["in plain text", { text: "A sentence." }],
  ])("is taken %s", (_, answer) => {
    expect(findAnswerFaults(answer)).toEqual([]);
  });

  it.each([
    ["for nobody", { ...message(header("a")), response_type: "everyone" }],
    ["without a word", { blocks: [header("a")] }],
    ["with a fault in it", { ...message(header("a".repeat(151))), response_type: "ephemeral" }],
  ])("is refused %s", (_, answer) => {
    expect(findAnswerFaults(answer)).not.toEqual([]);
  });
});
