import { providers } from "@countersign/core";
import { expect, it } from "vitest";
import { unfurlDomains } from "./domains.ts";

const at = (webAppUrl: string) => source("documenso", { webAppUrl });
const source = (provider: string, settings = {}) => ({ provider, settings });

it("are those of the configured CRMs and providers, by their settings", () => {
  const sources = [
    source("docusign", { webAppUrl: "https://apps-d.docusign.com" }),
    source("ziasign", { documentUrl: "https://sign.northgate.example/d/{id}" }),
    source("adobe-sign"),
    source("docusign", { webAppUrl: "https://apps-d.docusign.com" }),
  ];
  expect(unfurlDomains(sources, ["salesforce"])).toEqual({
    domains: ["lightning.force.com", "apps-d.docusign.com", "sign.northgate.example"],
    leftOut: [],
  });
});

it("are five at most, and says which are left out", () => {
  const sources = providers.map(({ id }) => source(id));
  const { domains, leftOut } = unfurlDomains(sources, ["hubspot", "salesforce"]);
  expect(domains).toHaveLength(5);
  expect(domains.slice(0, 2)).toEqual(["hubspot.com", "lightning.force.com"]);
  expect(leftOut).toEqual(["app.hellosign.com", "app.pandadoc.com"]);
});

it("are no hosts that Slack cannot reach or that another one covers", () => {
  const sources = [
    at("http://localhost:3000"),
    at("http://10.0.0.1"),
    at("https://sign.northgate.example"),
    at("https://northgate.example"),
  ];
  expect(unfurlDomains(sources, []).domains).toEqual(["northgate.example"]);
});

it("are none where there is nothing, or settings are wrong", () => {
  const wrong = [source("nobody"), source("docusign", { webAppUrl: "no address" })];
  expect(unfurlDomains(wrong, [])).toEqual({ domains: [], leftOut: [] });
});
