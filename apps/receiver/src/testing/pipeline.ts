import { connect } from "node:net";

/** The bytes of a POST that keeps its connection. */
export function postBytes(path: string, headers: Record<string, string>, body: Uint8Array): Buffer {
  const lines = [
    `POST ${path} HTTP/1.1`,
    "host: receiver",
    `content-length: ${body.length}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), body]);
}

/**
 * Sends what it is given over one connection without waiting for answers; the statuses of the answers in
 * their order. It ends with the last answer, or with the connection.
 */
export function sendOver(port: number, requests: readonly Uint8Array[]): Promise<number[]> {
  return new Promise((resolve) => {
    const statuses: number[] = [];
    const socket = connect(port, "127.0.0.1");
    let rest = "";
    socket.setEncoding("latin1").on("data", (text: string) => {
      rest += text;
      const heads = [...rest.matchAll(/HTTP\/1\.1 (\d{3}) /g)];
      statuses.push(...heads.map(([, status]) => Number(status)));
      rest = rest.slice(1 - "HTTP/1.1 200 ".length);
      if (statuses.length === requests.length) socket.end();
    });
    socket.on("close", () => resolve(statuses)).on("error", () => resolve(statuses));
    socket.write(Buffer.concat(requests));
  });
}
