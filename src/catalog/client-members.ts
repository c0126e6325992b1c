/** A member of a legacy client besides its operations, which has no counterpart of the same shape. */
export interface ClientMember {
  readonly rule: string;
  readonly legacy: string;
  readonly replacement: { readonly name: string; readonly operation?: string } | null;
  /** What becomes of it; stands behind the place in the message. */
  readonly because: string;
}

const login: Omit<ClientMember, 'legacy'> = {
  rule: 'node-client/login',
  replacement: { name: 'getBuyer', operation: 'GET /v2/buyers/{buyerToken}' },
  because:
    'reads who the buyer is: the access token of Login with Amazon has no counterpart; where it identifies the buyer, getBuyer(buyerToken) does.',
};

const inside: Omit<ClientMember, 'legacy'> = {
  rule: 'node-client/unknown-operation',
  replacement: null,
  because: 'reads the inside of the old client, which the v2 client does not have.',
};

const anyOperation: Omit<ClientMember, 'legacy'> = {
  rule: 'node-client/computed-operation',
  replacement: null,
  because: 'takes the operation as a value; write the v2 call for each operation that reaches it.',
};

/** By name (facts: legacy-node-clients.md). */
export const clientMembers: Readonly<Record<string, ClientMember>> = {
  api: { ...login, legacy: 'client.api' },
  auth: { ...login, legacy: 'client.auth' },
  reports: {
    rule: 'node-client/reports',
    legacy: 'client.reports',
    replacement: { name: 'getReports' },
    because: 'has v2 counterparts with other shapes (getReports, getReportDocument, createReport).',
  },
  notifications: {
    rule: 'node-client/unknown-operation',
    legacy: 'client.notifications',
    replacement: { name: 'deliveryTrackers', operation: 'POST /v2/deliveryTrackers' },
    because: 'becomes deliveryTrackers(payload), which rejects where the old one swallowed errors.',
  },
  callMwsMethod: { ...anyOperation, legacy: 'callMwsMethod' },
  callApiMethod: { ...anyOperation, legacy: 'callApiMethod' },
  config: { ...inside, legacy: 'client.config' },
  debug: { ...inside, legacy: 'client.debug' },
};
