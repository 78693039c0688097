const lengthName = "\r\ncontent-length: ";

/** The status of a whole HTTP/1.1 answer, or null while some of it is missing. Answers have a Content-Length. */
export function statusOf(text: string): number | null {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return null;
  const head = text.slice(0, end).toLowerCase();
  const length = head.indexOf(lengthName);
  const bytes = length < 0 ? 0 : Number.parseInt(head.slice(length + lengthName.length), 10);
  return text.length < end + 4 + bytes ? null : Number(text.slice(9, 12));
}
