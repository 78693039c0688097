export const users = [
  {
    Id: "005000000000001AAA",
    FirstName: "Hana",
    LastName: "Kowalski",
    Email: "hana.kowalski@northgate.example",
  },
  {
    Id: "005000000000002AAA",
    FirstName: "Idris",
    LastName: "Bellamy",
    Email: "idris.bellamy@northgate.example",
  },
  {
    Id: "005000000000003AAA",
    FirstName: "Lucia",
    LastName: "Ferrand",
    Email: "lucia.ferrand@northgate.example",
  },
] as const;

export const accounts = [
  {
    Id: "001000000000001AAA",
    Name: "Fernhill Robotics",
    Website: "https://www.fernhill-robotics.example",
  },
  {
    Id: "001000000000002AAA",
    Name: "Castor Maritime",
    Website: "https://www.castor-maritime.example",
  },
  {
    Id: "001000000000003AAA",
    Name: "Blue Heron Clinics",
    Website: "https://www.blue-heron-clinics.example",
  },
  {
    Id: "001000000000004AAA",
    Name: "Oakline Retail",
    Website: "https://www.oakline-retail.example",
  },
  {
    Id: "001000000000005AAA",
    Name: "Vantage Cement",
    Website: "https://www.vantage-cement.example",
  },
  {
    Id: "001000000000006AAA",
    Name: "Lumen Theatre Group",
    Website: "https://www.lumen-theatre-group.example",
  },
] as const;

/** `account` and `owner` are places in the lists above, counted from 1. */
export type SeedDeal = {
  Id: string;
  account: number;
  owner: number;
  Name: string;
  StageName: string;
  Amount: number;
  CloseDate: string;
};

export const seedDeals: readonly SeedDeal[] = [
  deal(1, 1, 1, "Assembly line vision", "Proposal/Price Quote", 64_000, "2026-12-17"),
  deal(2, 2, 2, "Port scheduling suite", "Negotiation/Review", 185_000, "2026-12-03"),
  deal(3, 3, 3, "Telehealth licences", "Qualification", 27_500, "2027-01-22"),
  deal(4, 4, 1, "Loyalty programme", "Value Proposition", 43_200, "2027-02-05"),
  deal(5, 5, 2, "Kiln maintenance plan", "Prospecting", 12_900, "2027-03-12"),
  deal(6, 6, 3, "Ticketing migration", "Closed Won", 58_750, "2026-10-16"),
  deal(7, 2, 1, "Crew training", "Closed Lost", 19_400, "2026-11-09"),
];

function deal(
  number: number,
  account: number,
  owner: number,
  subject: string,
  StageName: string,
  Amount: number,
  CloseDate: string,
): SeedDeal {
  const Id = `00600000000000${number}AAA`;
  const Name = `${accounts[account - 1]?.Name ?? ""}: ${subject}`;
  return { Id, account, owner, Name, StageName, Amount, CloseDate };
}
