export type SeedDeal = {
  id: string;
  company: string;
  properties: Record<string, string>;
};

export const owners = [
  {
    id: "501",
    firstName: "Mara",
    lastName: "Lindqvist",
    email: "mara.lindqvist@northgate.example",
  },
  { id: "502", firstName: "Tobias", lastName: "Okafor", email: "tobias.okafor@northgate.example" },
  { id: "503", firstName: "Priya", lastName: "Raman", email: "priya.raman@northgate.example" },
] as const;

export const seedDeals: readonly SeedDeal[] = [
  deal(
    "1001",
    "Harborlight Analytics",
    "Annual platform licence",
    "48000",
    "presentationscheduled",
    "501",
    "2026-12-18",
  ),
  deal(
    "1002",
    "Bluefin Logistics",
    "Fleet tracking rollout",
    "126500",
    "contractsent",
    "502",
    "2026-12-04",
  ),
  deal(
    "1003",
    "Quarry & Stone",
    "Site safety pilot",
    "9800",
    "qualifiedtobuy",
    "503",
    "2027-01-29",
  ),
  deal(
    "1004",
    "Alder Health Partners",
    "Patient intake, 12 clinics",
    "88250",
    "decisionmakerboughtin",
    "501",
    "2026-12-11",
  ),
  deal(
    "1005",
    "Meridian Press",
    "Archive digitisation",
    "31400",
    "appointmentscheduled",
    "503",
    "2027-02-12",
  ),
  deal(
    "1006",
    "Solstice Hotels",
    "Booking engine, phase 1",
    "74000",
    "closedwon",
    "502",
    "2026-10-30",
  ),
  deal("1007", "Copperline Energy", "Grid monitoring", "152000", "closedlost", "501", "2026-11-06"),
  deal(
    "1008",
    "Tidewater Foods",
    "Renewal 2027",
    "22600",
    "154862031",
    "503",
    "2026-12-31",
    "75318642",
  ),
];

function deal(
  id: string,
  company: string,
  subject: string,
  amount: string,
  dealstage: string,
  ownerId: string,
  closeDate: string,
  pipeline = "default",
): SeedDeal {
  return {
    id,
    company,
    properties: {
      dealname: `${company}: ${subject}`,
      amount,
      deal_currency_code: "USD",
      pipeline,
      dealstage,
      hubspot_owner_id: ownerId,
      closedate: `${closeDate}T00:00:00Z`,
    },
  };
}
