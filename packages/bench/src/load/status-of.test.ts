import { expect, it } from "vitest";
import { statusOf } from "./status-of.ts";

const head = "HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\nContent-Length: 5";

it.each([
  ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200],
  ["HTTP/1.1 204 No Content\r\n\r\n", 204],
  [`${head}\r\n\r\nLater`, 503],
  [`${head}\r\n\r\nLat`, null],
  [head, null],
  ["", null],
])("of %j reads %j", (text, status) => {
  expect(statusOf(text)).toBe(status);
});
