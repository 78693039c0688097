const lookEveryMs = 250;

/**
 * Calls back once where npm runs this program and what started it is gone: the shell between npm and a program
 * ends on a signal without passing it on.
 */
export function followParent(onGone: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, lookEveryMs);
  timer.unref();
}
