import { owners } from "../hubspot/deals.ts";
import { users } from "../salesforce/deals.ts";

/** A person of a workspace, with an id that never changes, so that tests may name it. */
export type Person = {
  id: string;
  name: string;
  email: string;
  /** What the person is to Countersign, for those who choose whom to act as. */
  role: string;
  /** An IANA time zone. */
  zone: string;
  admin: boolean;
};

export type Team = {
  id: string;
  name: string;
  domain: string;
  /** The digit by which its ids differ from those of other workspaces: `T200000001`. */
  mark: "0" | "2";
  people: readonly Person[];
};

/** The channel of the first workspace that announcements go to. */
export const contractsChannel = { id: "C000000002", name: "contracts" };

/** Our app as every workspace knows it; the bot's own ids carry the workspace's mark. */
export const appId = "A00COUNTER";

/** Who writes as our app in a workspace. */
export function botOf({ mark }: Pick<Team, "mark">) {
  return { bot_id: `B${mark}0COUNTER`, user_id: `U${mark}0COUNTER`, name: "countersign" };
}

/** The three whom the page lets a person act as. */
export const dana: Person = {
  id: "U000000001",
  name: "Dana Reyes",
  email: "dana.reyes@northgate.example",
  role: "signs contracts",
  zone: "America/New_York",
  admin: false,
};

export const mara: Person = {
  id: "U000000002",
  name: "Mara Lindqvist",
  email: "mara.lindqvist@northgate.example",
  role: "sends contracts",
  zone: "Europe/Stockholm",
  admin: false,
};

export const noor: Person = {
  id: "U000000003",
  name: "Noor Haddad",
  email: "noor.haddad@northgate.example",
  role: "workspace admin",
  zone: "Asia/Dubai",
  admin: true,
};

/** Every owner of a deal in the two CRMs has an account in Slack. */
const dealOwners = [
  ...owners.map((one) => ({ name: `${one.firstName} ${one.lastName}`, email: one.email })),
  ...users.map((one) => ({ name: `${one.FirstName} ${one.LastName}`, email: one.Email })),
];

const others = dealOwners
  .filter(({ email }) => email !== mara.email)
  .map(({ name, email }, index) => ({
    id: `U00000000${index + 4}`,
    name,
    email,
    role: "owns deals",
    zone: "Europe/London",
    admin: false,
  }));

export const northgate: Team = {
  id: "T000000001",
  name: "Northgate",
  domain: "northgate",
  mark: "0",
  people: [dana, mara, noor, ...others],
};

/** An organization of Enterprise Grid, of which a workspace is one. */
export type Enterprise = { id: string; name: string };

/** The organization that the second workspace belongs to, where the app is installed for all of it. */
export const southgateGroup: Enterprise = { id: "E200000001", name: "Southgate Group" };

/** A second workspace, into which the app comes by OAuth alone. */
export const southgate: Team = {
  id: "T200000001",
  name: "Southgate",
  domain: "southgate",
  mark: "2",
  people: [
    {
      id: "U200000001",
      name: "Emil Sato",
      email: "emil.sato@southgate.example",
      role: "workspace admin",
      zone: "Asia/Tokyo",
      admin: true,
    },
    {
      id: "U200000002",
      name: "Rosa Lind",
      email: "rosa.lind@southgate.example",
      role: "sends contracts",
      zone: "Europe/Berlin",
      admin: false,
    },
  ],
};

export const teams = [northgate, southgate] as const;

/** The channel of a workspace that is called `#contracts`. */
export function channelOf({ mark }: Team) {
  return { ...contractsChannel, id: `C${mark}00000002` };
}

/** What Slack calls a person where there is no room for the name: `dana.reyes`. */
export function handleOf({ email }: Person): string {
  return email.replace(/@.*/, "");
}
