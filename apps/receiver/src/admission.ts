export type AdmissionLimits = {
  /** Requests whose bodies are being read or wait to be recorded. */
  requests: number;
  /** Bytes of their bodies. At least the largest body that any source may send. */
  bytes: number;
};

/** With the largest group being written, some 300 MB of memory at most. */
export const usualAdmission: AdmissionLimits = { requests: 2_000, bytes: 100_000_000 };

/** A request's room in memory, given back when it is disposed of. */
export type Room = Disposable & {
  /** Makes room for bytes that have come. False where there is none left. */
  grow(bytes: number): boolean;
};

/** Lets in as many requests as there is room for; null for one too many. */
export type Admission = (declaredBytes: number) => Room | null;

/**
 * Counts the bytes that are here, not those that are announced: whoever announces much and sends nothing
 * takes no more than one request's place.
 */
export function createAdmission(limits: AdmissionLimits): Admission {
  let requests = 0;
  let bytes = 0;
  return (declaredBytes) => {
    if (requests >= limits.requests || bytes + declaredBytes > limits.bytes) return null;
    let own = 0;
    requests += 1;
    return {
      grow(more) {
        if (bytes + more > limits.bytes) return false;
        own += more;
        bytes += more;
        return true;
      },
      [Symbol.dispose]() {
        requests -= 1;
        bytes -= own;
      },
    };
  };
}
