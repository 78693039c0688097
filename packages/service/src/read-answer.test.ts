import { expect, it } from "vitest";
import { largestText, readBytes, readText, TooLarge } from "./read-answer.ts";

it.each([
  ["", 3],
  ["ab", 3],
  ["a€", 4],
])("reads %j where %i bytes are allowed", async (text, most) => {
  const bytes = await readBytes(new Response(text), most);
  expect(Buffer.from(bytes).toString()).toBe(text);
  expect(await readText(new Response(text))).toBe(text);
});

it("reads no further than it may, and says that it wants no more", async () => {
  let [asked, isLeft] = [0, false];
  const endless = new ReadableStream({
    pull: (stream) => {
      asked += 1;
      stream.enqueue(new Uint8Array(1024 * 1024));
    },
    cancel: () => void (isLeft = true),
  });
  await expect(readText(new Response(endless))).rejects.toThrow(TooLarge);
  expect(asked).toBeLessThanOrEqual(largestText / 1024 / 1024 + 3);
  expect(isLeft).toBe(true);
});
