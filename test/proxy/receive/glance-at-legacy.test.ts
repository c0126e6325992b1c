import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { glanceAtLegacy } from '../../../src/proxy/receive/glance-at-legacy';
import { translate } from '../../../transforms/ipn/translate';
import { legacyNotificationTypes } from '../../../src/catalog/notifications';

const folder = join(__dirname, '../../../fixtures/ipn');
const fixtures = readdirSync(folder).filter((name) => /^v1-.*\.json$/.test(name));

/** What the translator, which parses the XML, says about the same message. */
function parsed(message: object): object | null {
  const { notification } = translate(message);
  return notification && { objectType: notification.ObjectType, objectId: notification.ObjectId };
}

const innerOf = (name: string): Record<string, unknown> => {
  const outer = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
  const { Message = JSON.stringify(outer) } = outer;
  return JSON.parse(String(Message)) as Record<string, unknown>;
};

describe('what a glance at a legacy notification tells', () => {
  test.each(fixtures)('is what the translator reads: %s', (name) => {
    const message = innerOf(name);
    const expected = parsed(message);
    if (expected !== null) expect(glanceAtLegacy(message)).toMatchObject(expected);
  });

  test('is what the translator reads, wherever else an id stands, for every type', () => {
    const rows = legacyNotificationTypes.filter(({ objectType }) => objectType !== null && objectType !== 'CHARGEBACK');
    const id = fc.constantFrom('P01-1112223-3334445', 'P01-1112223-3334445-C000111', 'P01-9998887-7776665-A000222');
    const noise = fc.constantFrom('', '<IdList><Id>P01-1-1</Id></IdList>', '<!-- <x> -->', '<Note>&lt;a&gt;</Note>');
    fc.assert(
      fc.property(fc.constantFrom(...rows), id, noise, noise, fc.boolean(), (row, given, before, after, isTwice) => {
        const element = `<${row.id}>${given}</${row.id}>`;
        const data = `<${row.root}><${row.details}>${before}${element}${after}${isTwice ? element : ''}</${row.details}></${row.root}>`;
        const message = { NotificationReferenceId: 'r', NotificationType: row.type, NotificationData: data };
        const expected = parsed(message);
        if (expected !== null) expect(glanceAtLegacy(message)).toMatchObject(expected);
      }),
    );
  });

  test('is left to the translator where a comment holds another id', () => {
    const NotificationData = `<CaptureNotification><CaptureDetails>
      <!-- <AmazonCaptureId>P01-9998887-7776665-C000222</AmazonCaptureId> -->
      <AmazonCaptureId>P01-1112223-3334445-C000111</AmazonCaptureId></CaptureDetails></CaptureNotification>`;
    const message = { NotificationReferenceId: 'r', NotificationType: 'PaymentCapture', NotificationData };
    expect(glanceAtLegacy(message)).toMatchObject({ objectId: 'P01-1112223-3334445-C000111' });
  });
});
