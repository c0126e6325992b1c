import type { SnsEnvelope } from '../sns/read-envelope';

/** What a forgery is made from. */
export interface ForgeryInput {
  /** Signed as it should be. */
  readonly envelope: SnsEnvelope;
  readonly inner: Readonly<Record<string, unknown>>;
  /** Signs an envelope with the key of the samples, or with that of a stranger. */
  readonly sign: (own: Partial<SnsEnvelope>, by?: 'stranger') => SnsEnvelope;
}

export interface Forgery {
  /** What a handler that is sound does with it. */
  readonly about: string;
  /** Amazon could send such a message: a 4xx would end its retries for good. */
  readonly mayBeGenuine?: true;
  readonly body: (input: ForgeryInput) => string;
}

const text = JSON.stringify;
const HOST = /^https:\/\/[^/]+/;

/** An envelope that is signed well, around another message. */
const around = ({ sign, inner }: ForgeryInput, own: Readonly<Record<string, unknown>>): string =>
  text(sign({ Message: text({ ...inner, ...own }) }));

const withData = (input: ForgeryInput, change: (xml: string) => string): string =>
  around(
    input,
    'NotificationData' in input.inner
      ? { NotificationData: change(String(input.inner['NotificationData'])) }
      : { NotificationData: change('<a>b</a>') },
  );

const withId = (input: ForgeryInput, id: string): string =>
  'ObjectId' in input.inner
    ? around(input, { ObjectId: id })
    : withData(input, (xml) => xml.replace(/(<Amazon\w+Id>)[^<]*/, `$1${id}`));

const bomb = (): string =>
  `<!DOCTYPE a [<!ENTITY x0 "ha">${Array.from({ length: 20 }, (_, i) => `<!ENTITY x${i + 1} "&x${i};&x${i};">`).join('')}]>`;

/** Hostile messages, by name. All are refused or come to nothing in a sound handler; none changes an order. */
export const forgeries: Readonly<Record<string, Forgery>> = {
  unsigned: { about: 'a bare message, as raw delivery has it', body: ({ inner }) => text(inner) },
  'bad-signature': {
    about: 'a signature of something else',
    body: ({ envelope, sign }) => text({ ...envelope, Signature: sign({ Message: 'something else' }).Signature }),
  },
  'foreign-key': { about: 'signed with the key of a stranger', body: ({ sign }) => text(sign({}, 'stranger')) },
  'foreign-certificate-host': {
    about: 'a certificate from a host that only looks like Amazon',
    body: ({ envelope, sign }) =>
      text(sign({ SigningCertURL: envelope.SigningCertURL.replace(HOST, '$&.certificates.example') }, 'stranger')),
  },
  'certificate-query': {
    about: 'a certificate address that ends in .pem by its query',
    body: ({ envelope, sign }) =>
      text(sign({ SigningCertURL: envelope.SigningCertURL.replace(/\/[^/]*$/, '/?Action=x&z=.pem') }, 'stranger')),
  },
  'foreign-topic': {
    about: 'the topic of someone else, signed well',
    body: ({ sign }) => text(sign({ TopicArn: 'arn:aws:sns:us-east-1:666666666666:Mine' })),
  },
  'tampered-message': {
    about: 'a message that was changed after it was signed',
    body: ({ envelope }) => text({ ...envelope, Message: envelope.Message.replace(/\d{6}(?="|<|\\)/, '999999') + ' ' }),
  },
  'shifted-fields': {
    about: 'a field that swallowed its neighbour, under a signature that fits',
    body: ({ sign }) => {
      const { Subject, ...rest } = sign({ Subject: 'S' });
      return text({ ...rest, MessageId: `${rest.MessageId}\nSubject\n${Subject}` });
    },
  },
  stale: {
    about: 'ten years old, signed well',
    body: ({ sign }) => text(sign({ Timestamp: '2014-01-01T00:00:00.000Z' })),
  },
  'wrong-object-id': {
    about: 'the id of another kind of object',
    body: (input) => withId(input, 'S01-1234567-1234567-X000001'),
  },
  'path-in-id': { about: 'an id that leads to another address', body: (input) => withId(input, '../reports') },
  'id-is-object': {
    about: 'an id that is no text',
    body: (input) => around(input, { ['ObjectId' in input.inner ? 'ObjectId' : 'NotificationData']: { $ne: null } }),
  },
  'both-versions': {
    about: 'the fields of both versions',
    body: (input) => around(input, { NotificationVersion: 'V2', NotificationData: '<a/>' }),
  },
  'two-ids': {
    about: 'two elements or keys that name the object',
    body: (input) =>
      'ObjectId' in input.inner
        ? text(
            input.sign({
              Message: text(input.inner).replace('"ObjectId"', '"ObjectId":"S01-7654321-7654321-C000001","ObjectId"'),
            }),
          )
        : withData(input, (xml) => xml.replace(/<(Amazon\w+Id)>[^<]*<\/\1>/, '$&<$1>S01-7654321-7654321-C000001</$1>')),
  },
  'entity-bomb': {
    about: 'XML that grows to a million words',
    body: (input) =>
      withData(input, (xml) =>
        xml.replace(/^(<\?.*?\?>)?/, `$1${bomb()}`).replace(/>[^<>]*<\/(Amazon\w+Id)>/, '>&x20;</$1>'),
      ),
  },
  'external-entity': {
    about: 'XML that reads a file',
    body: (input) =>
      withData(input, (xml) =>
        xml.replace(/^(<\?.*?\?>)?/, '$1<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
      ),
  },
  'deep-xml': {
    about: 'ten thousand levels of XML',
    body: (input) => withData(input, () => '<a>'.repeat(10_000) + '</a>'.repeat(10_000)),
  },
  'deep-json': {
    about: 'fifty thousand levels of JSON',
    body: () => '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000),
  },
  prototype: {
    about: 'a key that changes prototypes',
    body: ({ sign, inner }) => text(sign({ Message: `{"__proto__":{"isAdmin":true},${text(inner).slice(1)}` })),
  },
  oversized: { about: 'two megabytes', body: (input) => around(input, { padding: 'x'.repeat(2 * 1024 * 1024) }) },
  'not-json': { about: 'no JSON', body: () => '<html>Hello</html>' },
  empty: { about: 'nothing', body: () => '' },
  'unknown-object': {
    about: 'an object of a type that does not exist yet: keep it, answer 2xx',
    mayBeGenuine: true,
    body: ({ sign, inner }) =>
      text(
        sign({
          Message: text({
            MerchantID: inner['MerchantID'] ?? inner['SellerId'],
            ObjectType: 'INVOICE',
            ObjectId: 'I-1',
            NotificationType: 'STATE_CHANGE',
            NotificationId: 'sample',
            NotificationVersion: 'V2',
          }),
        }),
      ),
  },
  'missing-object': {
    about: 'an object that the GET does not find: answer 2xx or 5xx',
    mayBeGenuine: true,
    body: ({ envelope }) => text(envelope),
  },
};
