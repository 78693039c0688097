import { once } from "node:events";
import { readConfig } from "./config.ts";
import { startSandbox } from "./sandbox.ts";

const config = readConfig(process.env);
await using sandbox = await startSandbox(config);
console.log(JSON.stringify({ message: "sandbox listening", url: sandbox.url }));
await Promise.race([once(process, "SIGTERM"), once(process, "SIGINT")]);
