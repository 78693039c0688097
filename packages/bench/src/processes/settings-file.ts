/** The countersign.yaml of the bench: one source, every destination, no limit that its counterparts do not have. */
export const settingsFile = `
sources:
  - name: docusign
    provider: docusign
    secrets: ["\${DOCUSIGN_SECRET}"]
slack:
  channel: C000000002
  messagesPerSecond: 10000
  noise: { messages: 100000, minutes: 1 }
  directMessages: false
hubspot:
  linkField: hubspot_deal_id
  pipelines:
    default:
      sent: contractsent
      viewed: contractsent
      partially_signed: contractsent
      completed: closedwon
  fields:
    status: contract_status
    signedDate: contract_signed_date
salesforce:
  linkField: salesforce_opportunity_id
  stages:
    sent: Proposal/Price Quote
    viewed: Negotiation/Review
    partially_signed: Negotiation/Review
    completed: Closed Won
  fields:
    status: Contract_Status__c
    signedDate: Contract_Signed_Date__c
`;
