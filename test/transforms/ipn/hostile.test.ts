import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import { readXml } from '../../../transforms/ipn/read-xml';
import { translate } from '../../../transforms/ipn/translate';

const read = (name: string): string => readFileSync(join(__dirname, '../../../fixtures/ipn', `${name}.json`), 'utf8');
const inner = (name: string): Record<string, unknown> =>
  JSON.parse((JSON.parse(read(name)) as { Message: string }).Message) as Record<string, unknown>;

const v1 = inner('v1-capture');
const v2 = inner('v2-charge');
const xml = String(v1['NotificationData']);
const ID = 'P01-1234567-1234567-C000111';
const OTHER = '<AmazonCaptureId>P01-1234567-1234567-C000222</AmazonCaptureId>';
const ELEMENT = /<AmazonCaptureId>.*?<\/AmazonCaptureId>/;
const DETAILS = 'NotificationData.CaptureNotification.CaptureDetails';

describe('XML that says two things, or hides what it says', () => {
  test.each([
    ['two ids', xml.replace(ELEMENT, `$&${OTHER}`), 'ambiguous', `${DETAILS}.AmazonCaptureId`],
    [
      'two ids under two prefixes',
      xml.replace(ELEMENT, '<a:AmazonCaptureId>x</a:AmazonCaptureId>$&'),
      'ambiguous',
      `${DETAILS}.AmazonCaptureId`,
    ],
    ['the same id twice', xml.replace(ELEMENT, '$&$&'), 'ambiguous', `${DETAILS}.AmazonCaptureId`],
    [
      'two details',
      xml.replace('</CaptureDetails>', `</CaptureDetails><CaptureDetails>${OTHER}</CaptureDetails>`),
      'ambiguous',
      DETAILS,
    ],
    ['two documents', xml + xml.replace(/^<\?.*?\?>/, ''), 'not-xml', 'NotificationData'],
    ['another root behind it', `${xml}<b/>`, 'not-xml', 'NotificationData'],
    ['text behind it', `${xml}hello`, 'not-xml', 'NotificationData'],
    ['the id in a comment', xml.replace(ELEMENT, '<!--$&-->'), 'missing-field', `${DETAILS}.AmazonCaptureId`],
    ['the id in CDATA', xml.replace(ELEMENT, '<![CDATA[$&]]>'), 'missing-field', `${DETAILS}.AmazonCaptureId`],
    [
      'the id in an attribute',
      xml.replace(ELEMENT, `<x AmazonCaptureId="${ID}"/>`),
      'missing-field',
      `${DETAILS}.AmazonCaptureId`,
    ],
    ['an element in the id', xml.replace(ID, `${ID}<b/>`), 'unexpected-element', `${DETAILS}.AmazonCaptureId`],
    ['an unclosed comment', xml.replace('<CaptureFee>', '<!--'), 'not-xml', 'NotificationData'],
    ['an element that another closes', xml.replace('</CaptureDetails>', '</Details>'), 'not-xml', 'NotificationData'],
    ['an attribute without quotes', xml.replace('<CaptureFee>', '<CaptureFee a=1>'), 'not-xml', 'NotificationData'],
    [
      'a document type in a comment',
      xml.replace('<CaptureFee>', '<!-- <!DOCTYPE a> -->$&'),
      'forbidden-xml',
      'NotificationData',
    ],
    [
      'a forbidden name behind an odd prefix',
      xml.replace('<CaptureFee>', '<é:__proto__><y/></é:__proto__>$&'),
      'not-xml',
      'NotificationData',
    ],
    [
      'levels hidden by attributes',
      xml.replace('<CaptureFee>', `${'<a x="/>">'.repeat(60)}${'</a>'.repeat(60)}$&`),
      'too-deep',
      'NotificationData',
    ],
    [
      'levels hidden by a comment',
      xml.replace('<CaptureFee>', `<!-- ${'</a>'.repeat(100)} -->${'<a>'.repeat(60)}${'</a>'.repeat(60)}$&`),
      'too-deep',
      'NotificationData',
    ],
    ['too many elements', xml.replace('<CaptureFee>', `${'<b/>'.repeat(20_000)}$&`), 'too-large', 'NotificationData'],
  ])('%s', (_, NotificationData, code, at) => {
    const { fetch, error } = translate({ ...v1, NotificationData });
    expect({ fetch, code: error?.code, at: error?.at }).toEqual({ fetch: null, code, at });
  });

  test.each([
    ['a comment within the id', xml.replace('-C000111', '<!-- x -->-C000111')],
    ['CDATA around the id', xml.replace(ID, `<![CDATA[${ID}]]>`)],
    ['tags in a comment', xml.replace('<CaptureFee>', `<!-- ${'<a>'.repeat(60)} -->$&`)],
    ['> in an attribute', xml.replace('<CaptureFee>', '<CaptureFee a="/>" b=\'>\'>')],
  ])('%s changes nothing', (_, NotificationData) => {
    expect(translate({ ...v1, NotificationData }).fetch?.argument).toBe(ID);
  });

  test('what is read as XML, another reader calls well-formed too', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<b x="1">',
      '</b>',
      '<c/>',
      'text',
      '<!-- </a> -->',
      '<![CDATA[<b>]]>',
      ' ',
      '<',
      '>',
      '"',
      '<?p q?>',
      "<a x='\"' />",
    );
    let accepted = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = `<r>${pieces.join('')}</r>`;
        try {
          readXml(text, '');
        } catch {
          return;
        }
        accepted += 1;
        expect(XMLValidator.validate(text)).toBe(true);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});

describe('JSON that says two things', () => {
  const bare = JSON.stringify(v2);
  test.each([
    ['two ids', bare.replace('"ObjectId"', '"ObjectId":"x","ObjectId"'), 'duplicate-name', 'ObjectId'],
    [
      'two ids, one of them escaped',
      bare.replace('"ObjectId"', '"Object\\u0049d":"x","ObjectId"'),
      'duplicate-name',
      'ObjectId',
    ],
    [
      'two messages',
      `{"Type":"Notification","Message":"{}","Message":${JSON.stringify(bare)}}`,
      'duplicate-name',
      'Message',
    ],
    [
      'two ids in the message',
      JSON.stringify({ Type: 'Notification', Message: bare.replace('"ObjectId"', '"ObjectId":"x","ObjectId"') }),
      'duplicate-name',
      'Message.ObjectId',
    ],
    ['two spellings', bare.replace('"ObjectId"', '"objectId":"x","ObjectId"'), 'ambiguous', 'ObjectId'],
  ])('%s', (_, text, code, at) => {
    const { fetch, error } = translate(text);
    expect({ fetch, code: error?.code, at: error?.at }).toEqual({ fetch: null, code, at });
  });

  test('a name may come again on another level, and in a text', () => {
    const text = bare.replace('"ObjectId"', '"x":[{"ObjectId":1},{"ObjectId":"\\"ObjectId\\":"}],"ObjectId"');
    expect(translate(text).fetch?.argument).toBe(ID);
  });

  test('duplicates are found exactly where there are some', () => {
    const name = fc.constantFrom('a', 'b', '\\"', '\\\\', '');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.constantFrom('1', '"a"', '"\\\\"', '{"a":1}', '[{"b":"}"}]', '"{"'))),
        (pairs) => {
          const { error } = translate(`{${pairs.map(([key, value]) => `"${key}" : ${value}`).join(',')}}`);
          expect(error?.code === 'duplicate-name').toBe(new Set(pairs.map(([key]) => key)).size !== pairs.length);
        },
      ),
    );
  });
});

describe('what is not of the form it should have', () => {
  test.each([
    ['v2', { ...v2, ChargePermissionId: '../../reports' }],
    [
      'v1',
      {
        ...inner('v1-chargeback'),
        NotificationData: String(inner('v1-chargeback')['NotificationData']).replace('P01-1234567-1234567', '../x'),
      },
    ],
  ])('a ChargePermissionId of %s that is none is dropped, and that is said', (_, message) => {
    const { notification, warnings } = translate(message);
    expect(notification?.ChargePermissionId).toBeNull();
    expect(warnings.join()).toMatch(/ChargePermissionId/);
  });

  test('that the Charge Permission of a legacy payment is a guess is said', () => {
    expect(translate(v1).warnings.join()).toMatch(/billing agreement/);
  });

  test('a legacy message with keys in camel case', () => {
    const camel = Object.fromEntries(
      Object.entries(v1).map(([key, value]) => [key[0]?.toLowerCase() + key.slice(1), value]),
    );
    expect(translate(camel)).toEqual(translate(v1));
  });

  test.each([{ IsSample: 'true' }, { isSample: true }, { ISSAMPLE: 'True' }])(
    'a sample that says so with %j',
    (own) => {
      for (const message of [v1, v2])
        expect(translate({ ...message, ...own })).toMatchObject({ sample: true, fetch: null });
    },
  );

  test('a legacy message of another version is translated with a warning', () => {
    expect(translate({ ...v1, Version: '2014-01-01' })).toMatchObject({ fetch: { argument: ID } });
    expect(translate({ ...v1, Version: '2014-01-01' }).warnings.join()).toMatch(/2014-01-01/);
  });

  test('an envelope without a message', () => {
    expect(translate({ Type: 'Notification' }).error).toMatchObject({ code: 'missing-field', at: 'Message' });
  });

  test('chargeback data that is neither XML nor text', () => {
    const NotificationData = { AmazonChargebackId: 'C0ABCDEF12345', AmazonOrderReferenceId: 'P01-1234567-1234567' };
    expect(translate({ ...inner('v1-chargeback'), NotificationData }).notification).toMatchObject({
      ObjectId: 'C0ABCDEF12345',
      ChargePermissionId: 'P01-1234567-1234567',
    });
  });

  test('chargeback data that names only its order says which', () => {
    const NotificationData = 'order P01-1234567-1234567 is disputed';
    expect(translate({ ...inner('v1-chargeback'), NotificationData }).warnings.join()).toMatch(/P01-1234567-1234567/);
  });

  test('objects that throw when they are read', () => {
    const getter = Object.defineProperty({}, 'a', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    const proxy = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('no');
        },
      },
    );
    for (const input of [getter, proxy]) expect(translate(input).error?.code).toBe('not-an-object');
  });

  test('lone surrogates are carried as they are, and refused in bytes', () => {
    expect(translate({ ...v2, NotificationId: '\ud800' }).notification?.NotificationId).toBe('\ud800');
    expect(translate(Buffer.from([0x7b, 0xed, 0xa0, 0x80, 0x7d])).error?.code).toBe('not-text');
  });
});

describe('hostile input is answered at once', () => {
  const wrap = (data: string): object => ({ ...v1, NotificationData: `<a>${data}</a>` });
  const shared = (): object => {
    let value: object = {};
    for (let level = 0; level < 30; level += 1) value = { a: value, b: value };
    return value;
  };
  test.each<[string, () => unknown]>([
    ['<', () => wrap('<'.repeat(240_000))],
    ['<a', () => wrap('<a'.repeat(120_000))],
    ['unclosed comments', () => wrap('<!--'.repeat(60_000))],
    ['unclosed CDATA', () => wrap('<![CDATA['.repeat(20_000))],
    ['unclosed instructions', () => wrap('<?'.repeat(100_000))],
    ['attributes', () => wrap(`<a ${'b="1" '.repeat(40_000)}`)],
    ['attributes without values', () => wrap(`<a ${'b '.repeat(120_000)}`)],
    ['spaces in a tag', () => wrap(`<a ${' '.repeat(240_000)}`)],
    ['spaces', () => wrap(' '.repeat(240_000))],
    ['siblings', () => wrap('<b/>'.repeat(60_000))],
    ['colons', () => wrap(`<${'a:'.repeat(120_000)}/>`)],
    ['references', () => wrap('&#49;'.repeat(50_000))],
    ['1 MB of spaces', () => `${' '.repeat(1_000_000)}x`],
    ['1 MB of backslashes', () => `{"a":"${'\\\\'.repeat(400_000)}"}`],
    ['1 MB of quotes', () => `{"a":"${'\\"'.repeat(400_000)}"}`],
    ['1 MB of names', () => `{${Array.from({ length: 90_000 }, (_, i) => `"${i}":1`).join()}}`],
    ['1 MB of lists', () => `[${'[],'.repeat(300_000)}[]]`],
    ['an id of 1 MB', () => ({ ...v2, ObjectId: `${'A'.repeat(1_000_000)}!` })],
    ['a type of 1 MB', () => ({ ...v1, NotificationType: `${' '.repeat(1_000_000)}x` })],
    [
      'chargeback text of 250 kB',
      () => ({ ...inner('v1-chargeback'), NotificationData: 'AmazonChargebackId'.repeat(13_000) }),
    ],
    ['an object that is shared a thousand million times', shared],
  ])('%s', (_, make) => {
    const input = make();
    const started = performance.now();
    expect(translate(input).fetch).toBeNull();
    // A hundred times what it takes: a quadratic step needs minutes for input of this length.
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
