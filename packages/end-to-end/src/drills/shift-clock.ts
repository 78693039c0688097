// Loaded into an app before its own code (`node --import`): its clock is wrong by CLOCK_SHIFT_MINUTES.
const shift = Number(process.env["CLOCK_SHIFT_MINUTES"]) * 60_000;
const trueNow = Date.now;
const now = () => trueNow() + shift;

globalThis.Date = new Proxy(Date, {
  construct: (target, values: [] | [string], newTarget) =>
    values.length === 0 ? new Date(now()) : Reflect.construct(target, values, newTarget),
  get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
});
