import { find } from "./dom.js";

/**
 * Asks the sandbox to do something. What it refuses is shown to the person.
 * @param {string} path @param {unknown} body
 * @returns {Promise<boolean>} whether it was done
 */
export async function post(path, body) {
  return (await ask(path, body)) !== null;
}

/**
 * Like `post`, for an answer that matters; null where it was refused. `quiet` may take a refusal upon itself.
 * @param {string} path @param {unknown} body @param {(problem: any) => boolean} [quiet]
 */
export async function ask(path, body, quiet = () => false) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer?.ok) return answer.json();
  const problem = answer === null ? null : await answer.json().catch(() => null);
  if (problem !== null && quiet(problem)) return null;
  tell(problem?.error ?? "The sandbox did not answer. Is it still running?");
  return null;
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let hiding;

/** Shows a sentence for a few seconds. @param {string} text */
function tell(text) {
  const toast = find("#toast");
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove("shown"), 6_000);
}
