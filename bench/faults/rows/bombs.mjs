/** G: texts that cost a careless reader its time, its memory or its mind; all of them signed by Amazon. */
import { createSigner, makeEnvelope } from '../signing.mjs';
import { noneOpen } from './waiting.mjs';

const v1 = (xml) => ({
  ...{ NotificationReferenceId: 'n-1', NotificationType: 'PaymentCapture', SellerId: 'A2', Version: '2013-01-01' },
  ...{ ReleaseEnvironment: 'Live', Timestamp: '2026-01-15T12:00:00Z', NotificationData: xml },
});
const capture = (inside) =>
  `<?xml version="1.0"?><CaptureNotification><CaptureDetails>${inside}</CaptureDetails></CaptureNotification>`;
const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
const bombs = () => [
  ...[
    `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">${laughs}]><l>&l9;</l>`,
    `<!DOCTYPE q [<!ENTITY a "${'a'.repeat(50_000)}">]><q>${'&a;'.repeat(20_000)}</q>`,
    '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]><x>&x;</x>',
    capture(`<AmazonCaptureId>${'&#65;'.repeat(40_000)}</AmazonCaptureId>`),
    capture('<a>'.repeat(50_000)),
    capture(`<a>${'<b/>'.repeat(50_000)}</a>`),
    capture('<AmazonCaptureId>one</AmazonCaptureId><AmazonCaptureId>two</AmazonCaptureId>'),
    capture('<AmazonCaptureId>never closed'),
    capture('<__proto__><polluted>1</polluted></__proto__><constructor/>'),
    ' '.repeat(200_000),
  ].map((xml) => JSON.stringify(v1(xml))),
  `{"NotificationVersion":"V2","__proto__":{"polluted":true},"ObjectType":"CHARGE"}`,
  `{"NotificationVersion":"V2","ObjectId":"a","ObjectId":"b"}`,
  `{"NotificationVersion":"V2","ObjectId":${'['.repeat(60_000)}${']'.repeat(60_000)}}`,
  `{"NotificationVersion":"V2","ObjectId":"${'\\ud800'.repeat(20_000)}"}`,
  `{"NotificationVersion":"V2","ObjectId":1e999999,"ObjectType":["CHARGE"]}`,
  `{"NotificationVersion":"V2"${',"a":1'.repeat(30_000)}}`,
  '['.repeat(100_000),
];

const hostileTexts = {
  row: 'G',
  name: 'G3 hostile-texts',
  orders: 6,
  // The proxy itself reads legacy messages, to tell them in v2 shape.
  settings: { migrated: { v1Messages: 'as-v2' } },
  // Read and told in other words, they are other bytes.
  expect: { isTranslated: true },
  async before(scenario) {
    const sign = await createSigner(scenario);
    for (const [number, Message] of bombs().entries())
      scenario.sender.publish(
        sign(makeEnvelope(scenario, number, { SignatureVersion: '2' }), { Message }),
        {},
        'anywhere',
      );
  },
  async after(scenario) {
    await scenario.until(() => scenario.isDone());
    await noneOpen(scenario, 'deliver-legacy', 'deliver-migrated');
  },
};

export const bombsInMessages = [hostileTexts];
