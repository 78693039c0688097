// Loaded into every app before its own code: should the launcher be killed, its apps leave too
// instead of holding their ports against the next start.
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
