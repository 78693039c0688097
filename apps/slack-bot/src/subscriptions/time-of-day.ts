/** `9`, `9:30`, `09:30`, `9am` or `5:30pm` as `hh:mm`; null where it is no time of day. */
export function readTimeOfDay(typed: string): string | null {
  const [, hour, minutes = "00", half] = /^(\d{1,2})(?::(\d{2}))?(am|pm)?$/i.exec(typed) ?? [];
  if (hour === undefined || Number(minutes) > 59) return null;
  const isHalved = half !== undefined;
  if (isHalved ? Number(hour) < 1 || Number(hour) > 12 : Number(hour) > 23) return null;
  const hours = isHalved
    ? (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0)
    : Number(hour);
  return `${String(hours).padStart(2, "0")}:${minutes}`;
}
