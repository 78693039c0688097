export type Stage = {
  id: string;
  name: string;
  probability: number;
  forecastCategory: string;
  forecastCategoryName: string;
  closed: boolean;
  won: boolean;
};

/** The stages of a new Salesforce org, in their order. */
export const stages: readonly Stage[] = [
  open("Prospecting", 10, "Pipeline"),
  open("Qualification", 10, "Pipeline"),
  open("Needs Analysis", 20, "Pipeline"),
  open("Value Proposition", 50, "Pipeline"),
  open("Id. Decision Makers", 60, "Pipeline"),
  open("Perception Analysis", 70, "Pipeline"),
  open("Proposal/Price Quote", 75, "Pipeline"),
  open("Negotiation/Review", 90, "Pipeline"),
  { ...open("Closed Won", 100, "Closed"), closed: true, won: true },
  { ...open("Closed Lost", 0, "Omitted"), closed: true },
].map((stage, order) => ({
  ...stage,
  id: `01J0000000000${String(order + 1).padStart(2, "0")}AAA`,
}));

function open(name: string, probability: number, category: string): Omit<Stage, "id"> {
  return {
    name,
    probability,
    forecastCategory: category,
    forecastCategoryName: category,
    closed: false,
    won: false,
  };
}

export function findStage(name: unknown): Stage | undefined {
  return stages.find((stage) => stage.name === name);
}
