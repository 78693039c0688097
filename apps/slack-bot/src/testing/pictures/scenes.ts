import { aScene, happened, on } from "./contracts.ts";

const sent = happened("contract.sent", 8, "10:12");
const priya = { recipient: "1" };
const tom = { recipient: "2" };
const priyaViews = happened("recipient.viewed", 8, "11:40", priya);
const priyaSigns = happened("recipient.signed", 11, "15:02", priya);
const tomSigns = happened("recipient.signed", 12, "09:31", tom);
const later = { expiresAt: on(29, "18:00") };

/** A contract in each state that a card can show, by the name of its picture. */
export const scenes = {
  sent: aScene("Platform licence 2026", [sent], later),
  viewed: aScene("Platform licence 2026", [sent, priyaViews], later),
  "partly-signed": aScene("Platform licence 2026", [sent, priyaViews, priyaSigns], later),
  "expires-soon": aScene("Platform licence 2026", [sent, priyaViews, priyaSigns], {
    expiresAt: on(14, "18:00"),
  }),
  "needs-attention": aScene("Platform licence 2026", [
    sent,
    happened("recipient.bounced", 8, "10:15", { ...priya, reason: "550 mailbox not found" }),
  ]),
  completed: aScene("Platform licence 2026", [
    sent,
    priyaViews,
    priyaSigns,
    tomSigns,
    happened("contract.completed", 12, "09:32"),
  ]),
  declined: aScene("Platform licence 2026", [
    sent,
    priyaViews,
    happened("recipient.declined", 11, "15:02", {
      ...priya,
      reason: "Clause 7 must name our EU entity.",
    }),
    happened("contract.declined", 11, "15:02", { reason: "Clause 7 must name our EU entity." }),
  ]),
  voided: aScene("Platform licence 2026", [
    sent,
    priyaViews,
    happened("contract.voided", 11, "16:20", { reason: "Replaced by a new version" }),
  ]),
  expired: aScene(
    "Platform licence 2026",
    [sent, priyaViews, priyaSigns, happened("contract.expired", 12, "00:00")],
    { expiresAt: on(12, "00:00") },
  ),
  "not-linked": aScene("Platform licence 2026", [sent], { ...later, hasDeal: false }),
};

/** What stands in Dana's home tab. */
export const homeScenes = {
  open: [
    aScene("Renewal of Orchard Foods", [sent, priyaViews, priyaSigns], {
      expiresAt: on(14, "18:00"),
    }),
    aScene("Data processing addendum", [
      sent,
      happened("recipient.bounced", 8, "10:15", { ...priya, reason: "550 mailbox not found" }),
    ]),
    aScene("Reseller agreement", [
      happened("contract.sent", 4, "09:00"),
      happened("recipient.viewed", 4, "09:40", priya),
    ]),
    aScene("Platform licence 2026", [happened("contract.sent", 11, "10:12")], later),
    aScene("Support plan", [happened("contract.sent", 12, "09:05")], later),
  ],
  finished: [
    aScene("Statement of work 3", [
      sent,
      priyaSigns,
      tomSigns,
      happened("contract.completed", 12, "09:32"),
    ]),
    aScene("Pilot extension", [
      sent,
      happened("contract.declined", 11, "15:02", { reason: "Too long" }),
    ]),
  ],
};
