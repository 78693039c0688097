import type { Ports } from "../ports.ts";

/** How many pages of a workspace's people are looked through, of 200 each. */
const mostPages = 10;

/** Those who administer Countersign, as configured; else the first of the workspace's own admins who are found. */
export async function adminsOf(ports: Ports, workspace: string): Promise<readonly string[]> {
  const { admins } = ports.roles;
  if (admins !== null) return admins;
  const { client } = await ports.workspaces.open(workspace);
  let cursor = "";
  for (let page = 0; page < mostPages; page += 1) {
    const { members = [], response_metadata } = await client.users.list({
      limit: 200,
      ...(cursor === "" ? {} : { cursor }),
    });
    const found = members
      .filter(({ deleted, is_bot }) => deleted !== true && is_bot !== true)
      .filter(({ is_admin, is_owner }) => is_admin === true || is_owner === true)
      .flatMap(({ id }) => (id === undefined ? [] : [id]));
    if (found.length > 0) return found;
    cursor = response_metadata?.next_cursor ?? "";
    if (cursor === "") break;
  }
  return [];
}
