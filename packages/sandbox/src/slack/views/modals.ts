import type { Values, View } from "./view.ts";

/** https://docs.slack.dev/reference/methods/views.push: three views may lie upon another. */
const deepest = 3;

/** The modals that people have open: each a stack, of which the last is seen. */
export type Modals = {
  open: (user: string, view: View) => void;
  push: (user: string, onto: string, view: View) => "pushed" | "not_found" | "push_limit_reached";
  /** Puts something else in a view's place. */
  change: (view: View) => void;
  enter: (viewId: string, values: Values) => void;
  /** Takes a view away, and those upon it; every one of the person without an id. */
  close: (user: string, viewId?: string) => View[];
  find: (wanted: (view: View) => boolean) => { user: string; view: View } | undefined;
  /** What lies open for a person, the one seen last. */
  of: (user: string) => readonly View[];
  all: () => Record<string, readonly View[]>;
  clear: () => void;
};

export function createModals(): Modals {
  const stacks = new Map<string, View[]>();
  const of = (user: string) => stacks.get(user) ?? [];
  const alter = (id: string, change: (view: View) => View) => {
    for (const [user, stack] of stacks) {
      stacks.set(
        user,
        stack.map((view) => (view.id === id ? change(view) : view)),
      );
    }
  };
  return {
    open: (user, view) => void stacks.set(user, [view]),
    push(user, onto, view) {
      const stack = of(user);
      if (stack.at(-1)?.id !== onto) return "not_found";
      if (stack.length >= deepest) return "push_limit_reached";
      stacks.set(user, [...stack, view]);
      return "pushed";
    },
    change: (view) => alter(view.id, () => view),
    enter: (viewId, values) => alter(viewId, (view) => ({ ...view, state: { values } })),
    close(user, viewId) {
      const stack = of(user);
      const from = viewId === undefined ? 0 : stack.findIndex(({ id }) => id === viewId);
      if (from < 0) return [];
      stacks.set(user, stack.slice(0, from));
      return stack.slice(from);
    },
    find(wanted) {
      for (const [user, stack] of stacks) {
        const view = stack.find(wanted);
        if (view !== undefined) return { user, view };
      }
      return undefined;
    },
    of,
    all: () => Object.fromEntries([...stacks].filter(([, stack]) => stack.length > 0)),
    clear: () => stacks.clear(),
  };
}
