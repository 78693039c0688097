/** v3 is supported until September 2027 (developers.hubspot.com, changelog); every path stands here. */
export const paths = {
  deal: (id: string) => `/crm/v3/objects/deals/${encodeURIComponent(id)}`,
  readDeals: "/crm/v3/objects/deals/batch/read",
  updateDeals: "/crm/v3/objects/deals/batch/update",
  pipelines: "/crm/v3/pipelines/deals",
};
