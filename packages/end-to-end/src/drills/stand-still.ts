// Loaded into an app before its own code: where a drill would have it killed, it stands still instead, as a process
// does whose machine is suspended or moved, until somebody sends it SIGCONT.
const kill = process.kill.bind(process);

process.kill = (pid, signal) =>
  kill(pid, pid === process.pid && signal === "SIGKILL" ? "SIGSTOP" : signal);
