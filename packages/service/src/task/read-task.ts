import { parseArgs } from "node:util";
import { z } from "zod";
import type { RunnableTask, TaskReport } from "./task-end.ts";

type Read<Tools> =
  | { is: "task"; task: RunnableTask<Tools>; options: Record<string, unknown> }
  | { is: "report"; report: TaskReport };

/** What was typed after the program's name: a task with its options, or the report where there is nothing to run. */
export function readTask<Tools>(
  tasks: readonly RunnableTask<Tools>[],
  [name, ...typed]: readonly string[],
): Read<Tools> {
  const task = tasks.find((candidate) => candidate.name === name);
  if (task === undefined) {
    const known = tasks.map((one) => `  ${one.name}  ${one.summary}`).join("\n");
    return says("usage", `There is no task "${name ?? ""}". There are:\n${known}`);
  }
  const described = describeOptions(task.options);
  if (typed.includes("--describe")) {
    return says("done", task.summary, { summary: task.summary, options: described });
  }
  const given = parse(typed, described);
  if (given.is === "fault") return says("usage", given.text);
  const options = task.options.safeParse(given.values);
  if (options.success) return { is: "task", task, options: options.data };
  const faults = options.error.issues.map(
    ({ path, message }) => `--${path.join(".")}: ${message}.`,
  );
  return says("usage", faults.join("\n"));
}

type DescribedOption = { name: string; type: "boolean" | "string"; help: string };

const Described = z.object({
  properties: z.record(
    z.string(),
    z.object({ type: z.string().optional(), description: z.string().default("") }),
  ),
});

function describeOptions(options: z.ZodObject): DescribedOption[] {
  const schema = z.toJSONSchema(options, { io: "input", unrepresentable: "any" });
  return Object.entries(Described.parse({ properties: {}, ...schema }).properties).map(
    ([name, { type, description }]) => ({
      name,
      type: type === "boolean" ? "boolean" : "string",
      help: description,
    }),
  );
}

function parse(
  typed: readonly string[],
  options: readonly DescribedOption[],
): { is: "values"; values: Record<string, unknown> } | { is: "fault"; text: string } {
  const known = Object.fromEntries(options.map(({ name, type }) => [name, { type }]));
  try {
    return { is: "values", values: { ...parseArgs({ args: [...typed], options: known }).values } };
  } catch (error) {
    // Node's words about an option that it does not know are written for the person.
    if (error instanceof TypeError && "code" in error) return { is: "fault", text: error.message };
    throw error;
  }
}

function says<Tools>(
  is: TaskReport["is"],
  text: string,
  data: TaskReport["data"] = null,
): Read<Tools> {
  return { is: "report", report: { is, text, data } };
}
