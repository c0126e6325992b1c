import {
  elements,
  errorCodes,
  limits,
  operations,
  operationByMethod,
  quotas,
  rules,
  strongMarkers,
  v2ErrorCodes,
  valueTables,
} from '../../src/catalog';

/** The catalog against itself, against the real legacy client, and against the real v2 SDK. */

const legacy = require('amazon-payments') as {
  connect(options: object): { offAmazonPayments: object };
  Environment: Record<string, unknown>;
};

const sdk = require('@amazonpay/amazon-pay-api-sdk-nodejs') as {
  WebStoreClient: { prototype: Record<string, (...args: unknown[]) => unknown> };
};

const rows = Object.values(operations);

describe('operations', () => {
  const client = legacy.connect({
    environment: legacy.Environment.Sandbox,
    sellerId: 's',
    mwsAccessKey: 'a',
    mwsSecretKey: 'b',
    clientId: 'c',
  });
  const methods = new Set<string>();
  for (
    let object: object = client.offAmazonPayments;
    object !== Object.prototype;
    object = Object.getPrototypeOf(object) as object
  ) {
    Object.getOwnPropertyNames(object).forEach((name) => methods.add(name));
  }
  const known = [...methods].filter((name) =>
    /^(?:close|get|capture|authorize|cancel|confirm|set|create|validate|refund)/.test(name),
  );

  it('the legacy client has 19 of them', () => expect(known).toHaveLength(19));

  it.each(known)('the legacy method %s has a row', (method) => expect(operationByMethod(method)).toBeDefined());

  it.each(rows.filter(({ v2 }) => v2 !== null).map((row) => [row.name, row] as const))(
    '%s names a method of the real SDK with its arguments',
    (_, { v2, draftV2 }) => {
      for (const target of [v2, draftV2]) {
        if (target === null || target === undefined) continue;
        const method = sdk.WebStoreClient.prototype[target.sdkMethod];
        expect(method).toBeInstanceOf(Function);
        // Headers that default to null do not count in the length.
        expect([target.arguments.length, target.arguments.length - 1]).toContain(method?.length);
      }
    },
  );

  it.each(rows.map((row) => [row.name, row] as const))(
    '%s: its path, its answer and its words are complete',
    (_, row) => {
      if (row.result !== null && row.v2 !== null) expect(elements[row.result]).toBeDefined();
      if (row.v2?.arguments.includes('path') === true) {
        expect(Object.values(row.request).some(({ to }) => to?.startsWith('path.'))).toBe(true);
      }
      if (row.v2?.http.startsWith('POST') === true && !row.v2.sdkMethod.startsWith('complete')) {
        expect(Object.values(row.request).some(({ via }) => via === 'idempotencyKey')).toBe(true);
      }
      expect(row.automation === 'manual').toBe(row.v2 === null);
      expect(row.guidance.length).toBeGreaterThan(20);
      expect(new URL(row.docs).hostname).toBe('developer.amazon.com');
    },
  );

  it('a field without counterpart says why', () => {
    for (const row of rows)
      for (const [name, field] of Object.entries(row.request))
        if (field.to === null) expect(`${name}: ${field.because ?? ''}`).toMatch(/: .{10}/);
  });
});

it.each([
  ['Authorize', 'AmazonOrderReferenceId', 'body.chargePermissionId'],
  ['Authorize', 'TransactionTimeout', 'body.canHandlePendingAuthorization'],
  ['Capture', 'AmazonAuthorizationId', 'path.chargeId'],
  ['Refund', 'AmazonCaptureId', 'body.chargeId'],
  ['Refund', 'RefundReferenceId', 'header.x-amz-pay-idempotency-key'],
  ['CloseAuthorization', 'ClosureReason', 'body.cancellationReason'],
  ['CancelOrderReference', 'CancelationReason', 'body.closureReason'],
  ['SetOrderReferenceDetails', 'OrderReferenceAttributes.SellerNote', 'body.merchantMetadata.noteToBuyer'],
  ['AuthorizeOnBillingAgreement', 'SellerOrderAttributes.StoreName', 'body.merchantMetadata.merchantStoreName'],
  ['Capture', 'SellerCaptureNote', null],
])('%s.%s goes to %s', (operation, field, to) => expect(operations[operation]?.request[field]?.to).toBe(to));

it('Cancel and Close are one call, told apart by cancelPendingCharges', () => {
  expect(operations.CancelOrderReference?.v2?.constants).toEqual({ cancelPendingCharges: 'true' });
  expect(operations.CloseOrderReference?.v2?.constants).toEqual({ cancelPendingCharges: 'false' });
  expect(operations.CloseBillingAgreement?.v2?.constants).toEqual({ cancelPendingCharges: 'false' });
});

describe('elements and values', () => {
  it.each(Object.values(elements).map((element) => [element.name, element] as const))(
    '%s leads somewhere',
    (_, { fields }) => {
      for (const field of Object.values(fields)) {
        if (field.element !== undefined) expect(elements[field.element]).toBeDefined();
        if (field.values !== undefined) expect(valueTables[field.values]).toBeDefined();
        if (field.to === null) expect(field.because).toMatch(/.{10}/);
      }
    },
  );

  it.each([
    ['authorizationState', 'Closed', ['Captured', 'CaptureInitiated', 'Canceled']],
    ['authorizationState', 'Open', ['Authorized']],
    ['authorizationReason', 'MaxCapturesProcessed', ['Captured', 'CaptureInitiated']],
    ['authorizationReason', 'InvalidPaymentMethod', ['SoftDeclined', 'HardDeclined']],
    ['captureState', 'Completed', ['Captured']],
    ['refundState', 'Completed', ['Refunded']],
    ['softDecline', 'true', ['SoftDeclined']],
  ])('%s %s is %j', (table, value, expected) => expect(valueTables[table]?.values[value]?.anyOf).toEqual(expected));
});

it.each(Object.values(errorCodes).map((row) => [row.legacy, row] as const))(
  'error %s has v2 codes that exist',
  (_, { v2 }) => {
    for (const code of v2) expect(v2ErrorCodes[code]).toBeDefined();
  },
);

it.each(Object.values(rules).map((rule) => [rule.id, rule] as const))('rule %s explains itself', (id, rule) => {
  expect(rule.id).toBe(id);
  expect(rule.what.length + rule.guidance.length).toBeGreaterThan(60);
  expect(rule.effortMinutes).toBeGreaterThan(0);
});

it('no marker is so short that it slows down the search for all, or holds what one byte cannot', () => {
  for (const marker of strongMarkers) expect(marker).toMatch(/^[\x20-\x7e]{6,}$/);
});

it('limits that shrink are in the catalog', () => {
  expect([
    limits.noteToBuyer.v2,
    limits.merchantStoreName.v2,
    limits.softDescriptor.v2,
    limits.idempotencyKey.maxLength,
  ]).toEqual([255, 50, 16, 32]);
});

describe('quotas', () => {
  it.each(Object.keys(quotas))('%s is a method of the SDK', (method) => {
    expect(typeof sdk.WebStoreClient.prototype[method]).toBe('function');
  });

  it.each(Object.entries(quotas))(
    '%s: a live burst is at least as large as one in the sandbox',
    (_, { live, sandbox }) => {
      expect(live.burst).toBeGreaterThanOrEqual(sandbox?.burst ?? 0);
      expect(live.perSecond).toBeGreaterThanOrEqual(sandbox?.perSecond ?? 0);
    },
  );
});
