import { expect, it } from "vitest";
import { aContractState } from "../testing/a-contract.ts";
import { rules } from "../testing/a-deal.ts";
import { chooseRules } from "./choose-rules.ts";
import type { Condition } from "./mapping.ts";

const contract = aContractState({
  source: "docusign-eu",
  title: "Master agenda: NDA, Köln",
  amount: { value: 50_000, currency: "EUR" },
  fields: { tag: "msa, Renewal", region: "north" },
});

it.each<[Condition, boolean]>([
  [{ amountFrom: 50_000 }, true],
  [{ amountFrom: 50_001 }, false],
  [{ amountBelow: 50_001 }, true],
  [{ amountBelow: 50_000 }, false],
  [{ currency: ["usd", "eur"] }, true],
  [{ currency: ["USD"] }, false],
  [{ titleWords: ["nda"] }, true],
  [{ titleWords: ["KÖLN"] }, true],
  [{ titleWords: ["master agenda"] }, true],
  [{ titleWords: ["master nda"] }, false],
  [{ titleWords: ["gen"] }, false],
  [{ provider: ["docusign"] }, true],
  [{ provider: ["pandadoc"] }, false],
  [{ source: ["docusign-eu"] }, true],
  [{ source: ["docusign"] }, false],
  [{ custom: { tag: ["renewal"] } }, true],
  [{ custom: { tag: ["renew"] } }, false],
  [{ custom: { tag: ["msa"], region: ["south"] } }, false],
  [{ custom: { nothing: ["x"] } }, false],
  [{ amountFrom: 1, titleWords: ["nda"] }, true],
])("%j: %s", (when, fits) => {
  const special = { ...rules, name: "special" };
  const providers = new Map([["docusign-eu", "docusign"]]);
  const mapping = { base: rules, conditional: [{ when, rules: special }], providers };
  expect(chooseRules(contract, mapping).name).toBe(fits ? "special" : "default");
});

it.each<Condition>([{ amountFrom: 0 }, { amountBelow: 9 }, { currency: ["EUR"] }])(
  "a contract without an amount does not fit %j",
  (when) => {
    const special = { ...rules, name: "special" };
    const mapping = { base: rules, conditional: [{ when, rules: special }], providers: new Map() };
    expect(chooseRules(aContractState(), mapping).name).toBe("default");
  },
);

it("takes the first that fits", () => {
  const conditional = ["first", "second"].map((name) => ({
    when: { titleWords: ["nda"] },
    rules: { ...rules, name },
  }));
  const mapping = { base: rules, conditional, providers: new Map() };
  expect(chooseRules(contract, mapping).name).toBe("first");
});
