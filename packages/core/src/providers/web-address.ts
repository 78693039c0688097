import { z } from "zod";

/** `host:3000/api` is a URL too, of the scheme "host". */
export const webAddress = z.url({
  protocol: /^https?$/,
  error: "must be an address that begins with https:// or http://",
});
