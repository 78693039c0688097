import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  SANDBOX_PORT: port.default(4000),
  RECEIVER_PORT: port.default(3000),
  SLACK_BOT_PORT: port.default(3001),
});

export type Config = { port: number; receiverPort: number; slackBotPort: number };

/** The sandbox's settings from the environment. Throws with one line per wrong variable. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(environment);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(
      ({ path }) => `${path.join(".")} must be a port number from 0 to 65535.`,
    );
    throw new Error(lines.join("\n"));
  }
  const { SANDBOX_PORT, RECEIVER_PORT, SLACK_BOT_PORT } = parsed.data;
  return { port: SANDBOX_PORT, receiverPort: RECEIVER_PORT, slackBotPort: SLACK_BOT_PORT };
}
