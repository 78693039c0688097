/** A request as the counterpart's services see it. `path` begins after the service's name. */
export type Asked = { method: string; path: string; query: URLSearchParams; body: string };

export type Answer = { status: number; body: unknown };

/** One of the services that the apps call. */
export type Service = (asked: Asked) => Answer;

export const ok = (body: unknown): Answer => ({ status: 200, body });
