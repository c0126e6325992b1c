import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { notifiedObjects, type NotifiedObject } from '../../../src/catalog';
import { translate } from '../../../transforms/ipn/translate';
import { translationSchema, type Translation } from '../../../transforms/ipn/translation';

const folder = join(__dirname, '../../../fixtures/ipn');
const read = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8');

const ORDER = 'P01-1234567-1234567';
const AGREEMENT = 'B01-7654321-7654321';

/** What a message is about, in short: type, id, change, and the call that says how it is. */
const summary = ({ version, sample, notification, fetch }: Translation): string =>
  [
    version,
    sample ? 'sample' : '',
    notification === null
      ? 'nothing'
      : `${notification.ObjectType} ${notification.ObjectId} ${notification.NotificationType}`,
    fetch === null ? 'no GET' : `${fetch.sdkMethod}(${fetch.argument}) ${fetch.path}`,
  ]
    .filter(Boolean)
    .join(' | ');

const table: Readonly<Record<string, string>> = {
  'v1-order-reference': `v1 | CHARGE_PERMISSION ${ORDER} STATE_CHANGE | getChargePermission(${ORDER}) /v2/chargePermissions/${ORDER}`,
  'v1-billing-agreement': `v1 | CHARGE_PERMISSION ${AGREEMENT} STATE_CHANGE | getChargePermission(${AGREEMENT}) /v2/chargePermissions/${AGREEMENT}`,
  'v1-billing-agreement-address': `v1 | CHARGE_PERMISSION ${AGREEMENT} ATTRIBUTE_CHANGE | getChargePermission(${AGREEMENT}) /v2/chargePermissions/${AGREEMENT}`,
  // A becomes C.
  'v1-authorize': `v1 | CHARGE ${ORDER}-C000111 STATE_CHANGE | getCharge(${ORDER}-C000111) /v2/charges/${ORDER}-C000111`,
  'v1-authorize-captured': `v1 | CHARGE ${ORDER}-C000111 STATE_CHANGE | getCharge(${ORDER}-C000111) /v2/charges/${ORDER}-C000111`,
  'v1-capture': `v1 | CHARGE ${ORDER}-C000111 STATE_CHANGE | getCharge(${ORDER}-C000111) /v2/charges/${ORDER}-C000111`,
  'v1-refund': `v1 | REFUND ${ORDER}-R000111 STATE_CHANGE | getRefund(${ORDER}-R000111) /v2/refunds/${ORDER}-R000111`,
  'v1-raw-delivery': `v1 | REFUND ${ORDER}-R000111 STATE_CHANGE | getRefund(${ORDER}-R000111) /v2/refunds/${ORDER}-R000111`,
  'v1-chargeback': 'v1 | CHARGEBACK C0ABCDEF12345 STATE_CHANGE | no GET',
  'v1-chargeback-text': 'v1 | CHARGEBACK C0ABCDEF12345 STATE_CHANGE | no GET',
  'v1-provider-credit': 'v1 | nothing | no GET',
  'v1-provider-credit-reversal': 'v1 | nothing | no GET',
  'v1-solution-provider': 'v1 | nothing | no GET',
  'v1-sample': 'v1 | sample | CHARGE P01-0000000-0000000-C000000 STATE_CHANGE | no GET',
  'v2-charge': `v2 | CHARGE ${ORDER}-C000111 STATE_CHANGE | getCharge(${ORDER}-C000111) /v2/charges/${ORDER}-C000111`,
  'v2-camel-case': `v2 | CHARGE ${ORDER}-C000111 STATE_CHANGE | getCharge(${ORDER}-C000111) /v2/charges/${ORDER}-C000111`,
  'v2-lambda': `v2 | CHARGE ${ORDER}-C000111 STATE_CHANGE | getCharge(${ORDER}-C000111) /v2/charges/${ORDER}-C000111`,
  'v2-refund': `v2 | REFUND ${ORDER}-R000111 STATE_CHANGE | getRefund(${ORDER}-R000111) /v2/refunds/${ORDER}-R000111`,
  'v2-raw-delivery': `v2 | REFUND ${ORDER}-R000111 STATE_CHANGE | getRefund(${ORDER}-R000111) /v2/refunds/${ORDER}-R000111`,
  'v2-charge-permission': `v2 | CHARGE_PERMISSION ${ORDER} STATE_CHANGE | getChargePermission(${ORDER}) /v2/chargePermissions/${ORDER}`,
  'v2-charge-permission-attribute': `v2 | CHARGE_PERMISSION ${AGREEMENT} ATTRIBUTE_CHANGE | getChargePermission(${AGREEMENT}) /v2/chargePermissions/${AGREEMENT}`,
  'v2-chargeback': `v2 | CHARGEBACK ${ORDER}-B000111 STATE_CHANGE | getDispute(${ORDER}-B000111) /v2/disputes/${ORDER}-B000111`,
  'v2-unknown-object': 'v2 | INVOICE I-1 STATE_CHANGE | no GET',
  'subscription-confirmation': 'unknown | nothing | no GET',
  'unsubscribe-confirmation': 'unknown | nothing | no GET',
};

describe('every kind of message', () => {
  test('has a row here', () => {
    expect(Object.keys(table).sort()).toEqual(
      readdirSync(folder)
        .map((name) => name.replace('.json', ''))
        .sort(),
    );
  });

  test.each(Object.entries(table))('%s', (name, expected) => {
    const translation = translate(read(name));
    expect(summary(translation)).toBe(expected);
    expect(translation.error).toBeUndefined();
    expect(translationSchema.parse(translation)).toEqual(translation);
  });

  test.each(Object.keys(table))('%s: as text, bytes or JSON, and with a byte order mark, the same', (name) => {
    const text = read(name);
    const expected = translate(text);
    for (const input of [
      Buffer.from(text),
      JSON.parse(text) as object,
      `\uFEFF\n ${text}\n`,
      JSON.stringify(JSON.parse(text)),
    ])
      expect(translate(input)).toEqual(expected);
  });

  test.each(Object.keys(table))('%s: translated again, the same', (name) => {
    const { notification, fetch } = translate(read(name));
    if (notification === null) return;
    expect(translate(notification)).toMatchObject({ version: 'v2', notification, fetch });
  });

  test('what cannot be followed is said', () => {
    expect(translate(read('v1-chargeback')).warnings.join()).toMatch(/Seller Central/);
    expect(translate(read('v1-chargeback')).notification?.ChargePermissionId).toBe(ORDER);
    expect(translate(read('v2-unknown-object')).warnings.join()).toMatch(/No GET is known/);
    expect(translate(read('v1-provider-credit')).warnings.join()).toMatch(/no counterpart/);
    expect(translate(read('subscription-confirmation'))).toMatchObject({
      confirmation: { type: 'SubscriptionConfirmation', topicArn: expect.stringMatching(/^arn:/) },
    });
  });
});

const inner = (name: string): Record<string, unknown> =>
  JSON.parse((JSON.parse(read(name)) as { Message: string }).Message) as Record<string, unknown>;
const v1 = inner('v1-capture');
const v2 = inner('v2-charge');
const data = String(v1['NotificationData']);

describe('quirks of the wire', () => {
  test.each([
    ['chargebackdetailednotification', inner('v1-chargeback')['NotificationData']],
    ['paymentcapture', data],
    [' PaymentCapture ', data],
  ])('the type %p is told without spaces and in any case', (NotificationType, NotificationData) => {
    expect(translate({ ...v1, NotificationType, NotificationData }).error).toBeUndefined();
  });

  test.each([
    [
      'the other namespace',
      data.replace(/xmlns="[^"]*"/, 'xmlns="http://mws.amazonservices.com/schema/OffAmazonPayments/2013-01-01"'),
    ],
    ['a prefix', data.replace(/<(\/?)(?=[A-Z])/g, '<$1ipn:').replace('xmlns=', 'xmlns:ipn=')],
    ['white space in front', `\n\t ${data}`],
  ])('XML with %s is read', (_, NotificationData) => {
    expect(translate({ ...v1, NotificationData }).fetch?.argument).toBe(`${ORDER}-C000111`);
  });

  test('an IdList that names another capture is a warning, and the id of the authorization counts', () => {
    const message = inner('v1-authorize-captured');
    const NotificationData = String(message['NotificationData']).replace('-C000111', '-C000999');
    const { fetch, warnings } = translate({ ...message, NotificationData });
    expect(fetch?.argument).toBe(`${ORDER}-C000111`);
    expect(warnings.join()).toMatch(/C000999/);
  });

  test('a sample with the id of a real object is not fetched, nor when it is translated again', () => {
    expect(translate({ ...v1, IsSample: true })).toMatchObject({ sample: true, notification: null, fetch: null });
  });
});

const deep = (levels: number, leaf: string): string => '{"a":'.repeat(levels) + leaf + '}'.repeat(levels);

describe('refusals say what is wrong, and where', () => {
  test.each([
    ['nothing', '', 'not-json', ''],
    ['an HTML page', '<html>', 'not-json', ''],
    ['a list', '[]', 'not-an-object', ''],
    ['null', null, 'not-an-object', ''],
    ['undefined', undefined, 'not-an-object', ''],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe]), 'not-text', ''],
    ['10 MB', 'x'.repeat(10 * 1024 * 1024), 'too-large', ''],
    ['10 MB of bytes', Buffer.alloc(10 * 1024 * 1024), 'too-large', ''],
    ['a thousand levels', deep(1000, '1'), 'too-deep', ''],
    ['a hundred thousand levels', deep(100_000, '1'), 'too-deep', ''],
    ['__proto__', '{"NotificationVersion":"V2","__proto__":{"x":1}}', 'forbidden-name', ''],
    ['constructor inside', '{"a":{"constructor":1}}', 'forbidden-name', ''],
    ['an empty object', {}, 'no-version', ''],
    [
      'a message of another service',
      { Type: 'Notification', Message: '{"notificationType":"Bounce"}' },
      'no-version',
      'Message',
    ],
    ['a message that is no JSON', { Type: 'Notification', Message: 'hello' }, 'not-json', 'Message'],
    ['several records', { Records: [{}, {}] }, 'several-records', 'Records'],
    ['version 3', { ...v2, NotificationVersion: 'V3' }, 'unknown-version', 'NotificationVersion'],
    ['both versions', { ...v1, ...v2 }, 'ambiguous', ''],
    ['two ids', { ...v2, objectId: 'other' }, 'ambiguous', 'ObjectId'],
    ['no id', { ...v2, ObjectId: '' }, 'missing-field', 'ObjectId'],
    ['an id that is no text', { ...v2, ObjectId: { $ne: 1 } }, 'missing-field', 'ObjectId'],
    ['legacy data alone', { NotificationData: data }, 'no-version', ''],
    ['no NotificationVersion and nothing legacy', { ObjectType: 'CHARGE', ObjectId: 'x' }, 'no-version', ''],
    ['a type that never was', { ...v1, NotificationType: 'PaymentParty' }, 'unknown-type', 'NotificationType'],
    ['data that is an object', { ...v1, NotificationData: {} }, 'missing-field', 'NotificationData'],
    ['data of another type', { ...v1, NotificationType: 'PaymentRefund' }, 'unexpected-element', 'NotificationData'],
    ['XML cut off', { ...v1, NotificationData: data.slice(0, -40) }, 'not-xml', 'NotificationData'],
    ['no XML', { ...v1, NotificationData: 'Completed' }, 'not-xml', 'NotificationData'],
    [
      'a document type',
      { ...v1, NotificationData: `<!DOCTYPE a [<!ENTITY b "c">]>${data}` },
      'forbidden-xml',
      'NotificationData',
    ],
    ['an entity in lower case', { ...v1, NotificationData: `<!entity x>${data}` }, 'forbidden-xml', 'NotificationData'],
    ['deep XML', { ...v1, NotificationData: '<a>'.repeat(40) }, 'too-deep', 'NotificationData'],
    [
      'an element __proto__',
      { ...v1, NotificationData: '<__proto__><x>1</x></__proto__>' },
      'forbidden-name',
      'NotificationData',
    ],
    ['long XML', { ...v1, NotificationData: `<a>${'x'.repeat(300_000)}</a>` }, 'too-large', 'NotificationData'],
    [
      'no id in the XML',
      { ...v1, NotificationData: data.replace(/<AmazonCaptureId>.*?<\/AmazonCaptureId>/, '') },
      'missing-field',
      'NotificationData.CaptureNotification.CaptureDetails.AmazonCaptureId',
    ],
  ])('%s', (_, input, code, at) => {
    const { version, error, fetch } = translate(input);
    expect({ version, fetch, code: error?.code, at: error?.at }).toEqual({ version: 'unknown', fetch: null, code, at });
  });

  test.each([
    ['a path', `../../reports`],
    ['the id of another kind', `${ORDER}-R000111`],
    ['more behind it', `${ORDER}-C000111/capture`],
    ['a line break behind it', `${ORDER}-C000111\n`],
    ['an authorization id', `${ORDER}-A000111`],
  ])('an id with %s is not asked for', (_, ObjectId) => {
    const translation = translate({ ...v2, ObjectId });
    if (ObjectId.endsWith('\n')) expect(translation.fetch?.argument).toBe(ObjectId.trim());
    else
      expect(translation).toMatchObject({ version: 'v2', fetch: null, error: { code: 'object-id', at: 'ObjectId' } });
  });
});

const fits = ({ fetch }: Translation): boolean =>
  fetch === null ||
  Object.values(notifiedObjects).some(({ id, sdkMethod }) => sdkMethod === fetch.sdkMethod && id.test(fetch.argument));

describe('properties', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('V2', 'v2', 'CHARGE', 'REFUND', 'PaymentCapture', data, `${ORDER}-C000111`),
  );
  const message = fc.record(
    {
      NotificationVersion: text,
      notificationVersion: text,
      NotificationType: text,
      NotificationData: text,
      NotificationReferenceId: text,
      ObjectType: text,
      ObjectId: text,
      IsSample: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  test('no input throws, and what comes out is of the contract', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.uint8Array(), fc.jsonValue(), fc.anything(), message), (input) => {
        const translation = translate(input);
        expect(translationSchema.safeParse(translation).success).toBe(true);
        expect(fits(translation)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('a translated message translates to itself', () => {
    const understood = fc.oneof(
      fc.record({
        NotificationVersion: fc.constantFrom('V2', 'v2'),
        NotificationType: fc.constantFrom('STATE_CHANGE', 'ATTRIBUTE_CHANGE', 'state_change'),
        ObjectType: fc.oneof(fc.constantFrom('INVOICE', ...Object.keys(notifiedObjects)), fc.string({ minLength: 1 })),
        ObjectId: fc.oneof(fc.constantFrom(ORDER, `${ORDER}-C000111`, `${ORDER}-R000111`), fc.string({ minLength: 1 })),
        NotificationId: fc.string(),
        MerchantID: fc.option(fc.string()),
      }),
      fc.record({ NotificationReferenceId: fc.string(), SellerId: fc.string() }).map((own) => ({ ...v1, ...own })),
    );
    fc.assert(
      fc.property(fc.oneof(understood, message), (input) => {
        const { notification, fetch } = translate(input);
        if (notification === null) return;
        const again = translate(notification);
        expect(again.notification).toEqual(notification);
        expect(again.fetch).toEqual(fetch);
      }),
      { numRuns: 2000 },
    );
    // The property above says something only when most of what it makes is understood.
    const share = fc.sample(understood, 200).filter((input) => translate(input).notification !== null).length;
    expect(share).toBeGreaterThan(40);
  });

  test('only ids of the form of their kind are fetched', () => {
    const kinds = Object.keys(notifiedObjects) as NotifiedObject[];
    const id = fc.stringMatching(/^[PSBCX]?\d{0,3}-?\d{6,8}-\d{6,8}(-[ACRBPQ]\d{5,7})?$/);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), id, (ObjectType, ObjectId) => {
        const { fetch } = translate({ ...v2, ObjectType, ObjectId });
        expect(fetch !== null).toBe(notifiedObjects[ObjectType].id.test(ObjectId) && !/0{7}-0{7}/.test(ObjectId));
      }),
      { numRuns: 2000 },
    );
  });

  test('XML that is cut anywhere is refused or gives the same id', () => {
    fc.assert(
      fc.property(fc.nat(data.length), (length) => {
        const { fetch, version } = translate({ ...v1, NotificationData: data.slice(0, length) });
        expect(version === 'unknown' || fetch?.argument === `${ORDER}-C000111`).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
