import { z } from "zod";
import { fromJson, partSchema, type Part } from "../part.ts";
import { named } from "../named.ts";

const title = z.looseObject({ type: z.literal("plain_text"), text: z.string().min(1).max(24) });

/** What an app sends to have a view shown: https://docs.slack.dev/reference/views */
const sentViewSchema = z.object({
  type: z.enum(["modal", "home"]),
  title: title.exactOptional(),
  submit: title.exactOptional(),
  close: title.exactOptional(),
  blocks: z.array(partSchema).max(100),
  private_metadata: z.string().max(3_000).default(""),
  callback_id: z.string().max(255).default(""),
  external_id: z.string().max(255).default(""),
  clear_on_close: z.boolean().default(false),
  notify_on_close: z.boolean().default(false),
});

export type SentView = z.output<typeof sentViewSchema>;

/** What a person has entered, by block and action, as Slack sends it on. */
export type Values = Record<string, Record<string, Part>>;

/** A view that is shown, in the shape in which Slack tells of it. */
export type View = SentView & {
  id: string;
  team_id: string;
  app_id: string;
  bot_id: string;
  hash: string;
  root_view_id: string;
  previous_view_id: string | null;
  state: { values: Values };
};

export type ViewRefusal = { error: string; detail: string };

const largestView = 250_000;

/** Judges a view as Slack does; every block and control of what comes back has a name. */
export function readView(given: unknown, type: SentView["type"]): SentView | ViewRefusal {
  const sent = fromJson(given);
  if (JSON.stringify(sent ?? null).length > largestView)
    return { error: "view_too_large", detail: "the view is above 250 KB" };
  const parsed = sentViewSchema.safeParse(sent);
  if (!parsed.success) return invalid(sayIssue(parsed.error));
  const view = parsed.data;
  if (view.type !== type) return invalid(`the view must be a ${type}`);
  if (type === "modal" && view.title === undefined) return invalid("a modal needs a title");
  const asks = view.blocks.some((block) => block["type"] === "input");
  if (type === "modal" && asks && view.submit === undefined)
    return invalid("a modal with an input block needs a submit button");
  return { ...view, blocks: named(view.blocks) };
}

function invalid(detail: string): ViewRefusal {
  return { error: "invalid_arguments", detail };
}

function sayIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.message ?? "it is no view"} [json-pointer:/view/${issue?.path.join("/") ?? ""}]`;
}
