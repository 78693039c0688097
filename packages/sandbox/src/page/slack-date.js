/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const formats = {
  date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
  date_slash: { year: "numeric", month: "2-digit", day: "2-digit" },
  date: { year: "numeric", month: "long", day: "numeric" },
  date_short: { year: "numeric", month: "short", day: "numeric" },
  date_long: { year: "numeric", month: "long", day: "numeric", weekday: "long" },
  time: { hour: "numeric", minute: "2-digit" },
  time_secs: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

/** The reader's zone; the browser's own where it is none. @type {string | undefined} */
let zone;

/** Tells times in that zone from now on. @param {string | undefined} timeZone */
export function readIn(timeZone) {
  zone = timeZone;
}

/** The hour and minute in the reader's zone. @param {string} at ISO 8601 */
export function clock(at) {
  return tell(new Date(at), { hour: "numeric", minute: "2-digit" });
}

/** @param {Date} at @param {Intl.DateTimeFormatOptions} options */
function tell(at, options) {
  return new Intl.DateTimeFormat("en", { ...options, timeZone: zone }).format(at);
}

/**
 * The text of `<!date^…>` in the reader's own zone, per
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 * @param {number} seconds since 1970
 * @param {string} format with `{date_short_pretty}` and the like
 * @param {string} fallback where the time is none
 * @param {Date} now
 */
export function formatSlackDate(seconds, format, fallback, now = new Date()) {
  const at = new Date(seconds * 1000);
  if (Number.isNaN(at.getTime())) return fallback;
  return format.replaceAll(/\{(\w+)\}/g, (token, name) => {
    if (name === "ago") return ago(at, now);
    const pretty = name.endsWith("_pretty") ? dayName(at, now) : null;
    const options = formats[name.replace(/_pretty$/, "")];
    if (options === undefined) return token;
    return pretty ?? tell(at, options);
  });
}

/** @param {Date} at @param {Date} now */
function dayName(at, now) {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);
  return { [-1]: "yesterday", 0: "today", 1: "tomorrow" }[days] ?? null;
}

/** The day that it is there, counted in milliseconds. @param {Date} at */
function startOfDay(at) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", timeZone: zone };
  return Date.parse(new Intl.DateTimeFormat("sv", options).format(at));
}

/** @param {Date} at @param {Date} now */
function ago(at, now) {
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000);
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  if (Math.abs(minutes) < 60) return relative.format(minutes, "minute");
  if (Math.abs(minutes) < 1_440) return relative.format(Math.round(minutes / 60), "hour");
  return relative.format(Math.round(minutes / 1_440), "day");
}
