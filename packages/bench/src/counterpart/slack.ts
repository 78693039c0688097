import type { Account } from "./account.ts";
import { ok, type Answer, type Service } from "./answer.ts";

type Message = { ts: string; thread: string | null; metadata: unknown };

const pageSize = 200;

/** The methods of Slack's Web API that slack-bot calls, in Slack's shapes (docs.slack.dev, Web API methods). */
export function createSlack(account: Account): Service {
  const messages: Message[] = [];
  const byTs = new Map<string, string>();
  let microseconds = 0;

  function post(form: URLSearchParams): Answer {
    const metadata: Metadata = JSON.parse(form.get("metadata") ?? "{}");
    const contract = contractOf(metadata);
    microseconds = Math.max(microseconds + 1, Date.now() * 1_000);
    const ts = `${Math.floor(microseconds / 1e6)}.${String(microseconds % 1e6).padStart(6, "0")}`;
    account.called("chat.postMessage", [contract]);
    account.changed(String(metadata.event_payload?.key));
    messages.push({ ts, thread: form.get("thread_ts"), metadata });
    byTs.set(ts, contract);
    return ok({ ok: true, channel: form.get("channel"), ts, message: {} });
  }

  function update(form: URLSearchParams): Answer {
    const ts = form.get("ts") ?? "";
    const contract = byTs.get(ts);
    account.called("chat.update", contract === undefined ? [] : [contract]);
    if (contract === undefined) return ok({ ok: false, error: "message_not_found" });
    return ok({ ok: true, channel: form.get("channel"), ts, text: form.get("text") });
  }

  /** A page of a channel's messages or of a thread's. */
  function read(operation: string, form: URLSearchParams): Answer {
    account.called(operation, []);
    const thread = form.get("ts");
    const oldest = Number(form.get("oldest") ?? 0);
    const found = messages.filter(
      (message) => message.thread === thread && Number(message.ts) >= oldest,
    );
    const from = Number(form.get("cursor") ?? 0);
    const next = from + pageSize < found.length ? String(from + pageSize) : "";
    return ok({
      ok: true,
      messages: found.slice(from, from + pageSize),
      has_more: next !== "",
      response_metadata: { next_cursor: next },
    });
  }

  return ({ path, body }) => {
    const form = new URLSearchParams(body);
    switch (path) {
      case "/api/chat.postMessage":
        return post(form);
      case "/api/chat.update":
        return update(form);
      case "/api/conversations.history":
      case "/api/conversations.replies":
        return read(path.slice("/api/".length), form);
      default:
        return ok({ ok: false, error: "unknown_method" });
    }
  };
}

type Metadata = { event_payload?: { contract_id?: string; key?: string } };

function contractOf({ event_payload }: Metadata): string {
  return event_payload?.contract_id?.slice(-12) ?? "";
}
