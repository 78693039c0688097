import { appId, botOf, type Team } from "../teams.ts";
import { createModals } from "./modals.ts";
import { stateOf } from "./state.ts";
import type { SentView, View } from "./view.ts";

/** The modals and home tabs of one workspace. */
export type Views = ReturnType<typeof createViews>;

export function createViews(team: Team, ports: { newId: () => string; nextTs: () => string }) {
  const modals = createModals();
  const homes = new Map<string, View>();

  function make(sent: SentView, above: View | null): View {
    const id = `V${ports.newId()}`;
    return {
      ...sent,
      id,
      team_id: team.id,
      app_id: appId,
      bot_id: botOf(team).bot_id,
      hash: ports.nextTs(),
      root_view_id: above?.root_view_id ?? id,
      previous_view_id: above?.id ?? null,
      state: { values: valuesOf(sent, null) },
    };
  }

  return {
    modals,
    make,
    /** The view as it is once `sent` has taken its place whole: the same id, a new hash. */
    changed({ id, root_view_id, previous_view_id, ...view }: View, sent: SentView): View {
      return {
        ...sent,
        id,
        team_id: team.id,
        app_id: appId,
        bot_id: botOf(team).bot_id,
        hash: ports.nextTs(),
        root_view_id,
        previous_view_id,
        state: { values: valuesOf(sent, view) },
      };
    },
    homeOf: (user: string) => homes.get(user),
    homes: () => Object.fromEntries(homes),
    setHome: (user: string, view: View) => void homes.set(user, view),
    /** The external id is another view's already. */
    taken(externalId: string, besides: string | null): boolean {
      const bears = (view: View) => view.external_id === externalId && view.id !== besides;
      return (
        externalId !== "" && (modals.find(bears) ?? [...homes.values()].find(bears)) !== undefined
      );
    },
    clear() {
      modals.clear();
      homes.clear();
    },
  };
}

function valuesOf(sent: SentView, before: Pick<View, "state"> | null) {
  const values = stateOf(sent.blocks, before?.state.values ?? {}, {}, () => []);
  return typeof values === "string" ? {} : values;
}
