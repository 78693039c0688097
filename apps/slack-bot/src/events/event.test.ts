import { expect, it } from "vitest";
import type { Workspaces } from "../slack/workspaces.ts";
import { readEvent } from "./event.ts";
import { events } from "./index.ts";

const keyOf: Workspaces["keyOf"] = ({ teamId, enterpriseId, isOrgWide }) =>
  (isOrgWide ? enterpriseId : teamId) ?? "";
const ports = { workspaces: { keyOf } };

const envelope = { type: "event_callback", event_id: "Ev1", team_id: "T1", event: { type: "x" } };

it("says of which workspace it is, and who sees it", () => {
  expect(readEvent(envelope, ports)).toEqual({
    id: "Ev1",
    workspace: "T1",
    isShared: false,
    given: { type: "x" },
  });
  const inOrganization = {
    ...envelope,
    enterprise_id: "E1",
    authorizations: [{ is_enterprise_install: true }],
    is_ext_shared_channel: true,
  };
  expect(readEvent(inOrganization, ports)).toMatchObject({
    workspace: "E1",
    isShared: true,
  });
  const ofTeam = { ...inOrganization, authorizations: [{ is_enterprise_install: false }] };
  expect(readEvent(ofTeam, ports).workspace).toBe("T1");
});

it("is no event without an id", () => {
  expect(() => readEvent({ ...envelope, event_id: undefined }, ports)).toThrow("event_id");
});

it("has one handler for each type", () => {
  const types = events.map(({ type }) => type);
  expect(new Set(types).size).toBe(types.length);
});
