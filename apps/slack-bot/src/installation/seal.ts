import { createCipheriv, createDecipheriv, createHash } from "node:crypto";

/** Keeps what a stranger who reads the database must not read. */
export type Seal = {
  /** `about` names the row: what is sealed for one cannot be opened as another's. */
  seal(text: string, about: string): Uint8Array;
  /** Throws where none of the keys has sealed it, or a byte of it was changed. */
  open(sealed: Uint8Array, about: string): string;
  /** Whether the newest key has sealed it. */
  isCurrent(sealed: Uint8Array): boolean;
};

const algorithm = "aes-256-gcm";
/** The first byte of what is sealed: which layout the others have. */
const layout = 1;
const idLength = 4;
const ivLength = 12;
const tagLength = 16;
const headLength = 1 + idLength + ivLength + tagLength;

type Key = { id: Buffer; bytes: Uint8Array };

/**
 * AES-256-GCM. `keys` are of 32 bytes each, the newest first: that one seals, all of them open. `random` gives
 * so many bytes that nobody can guess. Sealed: layout, key's id, iv, tag, then the text.
 */
export function createSeal(
  keys: readonly [Uint8Array, ...Uint8Array[]],
  random: (size: number) => Uint8Array,
): Seal {
  const newest = toKey(keys[0]);
  const byId = new Map(keys.map(toKey).map((key) => [key.id.toString("hex"), key]));
  return {
    seal(text, about) {
      const iv = random(ivLength);
      const cipher = createCipheriv(algorithm, newest.bytes, iv).setAAD(Buffer.from(about));
      const hidden = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(layout), newest.id, iv, cipher.getAuthTag(), hidden]);
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed);
      const key = byId.get(keyOf(bytes).toString("hex"));
      try {
        if (key === undefined || bytes[0] !== layout) throw new Error("There is no such key.");
        return decipher(key, bytes, about);
      } catch (cause) {
        throw new Error(
          "What was sealed cannot be opened: SLACK_TOKEN_KEY lacks its key, or it was changed.",
          { cause },
        );
      }
    },
    isCurrent: (sealed) => keyOf(Buffer.from(sealed)).equals(newest.id),
  };
}

function decipher(key: Key, bytes: Buffer, about: string): string {
  const iv = bytes.subarray(1 + idLength, 1 + idLength + ivLength);
  const opening = createDecipheriv(algorithm, key.bytes, iv, { authTagLength: tagLength });
  opening.setAAD(Buffer.from(about));
  opening.setAuthTag(bytes.subarray(1 + idLength + ivLength, headLength));
  const shown = [opening.update(bytes.subarray(headLength)), opening.final()];
  return Buffer.concat(shown).toString("utf8");
}

/** The id is a fingerprint, from which the key cannot be had. */
function toKey(bytes: Uint8Array): Key {
  const id = createHash("sha256").update("countersign token key").update(bytes).digest();
  return { id: id.subarray(0, idLength), bytes };
}

function keyOf(sealed: Buffer): Buffer {
  return sealed.subarray(1, 1 + idLength);
}
