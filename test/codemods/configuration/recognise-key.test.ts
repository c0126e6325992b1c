import { findNewNames, recogniseKey, wordsOf } from '../../../codemods/configuration/recognise-key';

const recognise = (name: string, ...parents: string[]) => recogniseKey({ name, parents });

describe('recogniseKey', () => {
  it.each([
    ['MWS_ACCESS_KEY', 'AMAZON_PAY_PUBLIC_KEY_ID'],
    ['mwsAccessKey', 'AMAZON_PAY_PUBLIC_KEY_ID'],
    ['STAGING_MWS_ACCESS_KEY_ID', 'AMAZON_PAY_PUBLIC_KEY_ID'],
    ['mws.secret.key', 'AMAZON_PAY_PRIVATE_KEY'],
    ['MWS_SECRET_ACCESS_KEY', 'AMAZON_PAY_PRIVATE_KEY'],
    ['MWS_SELLER_ID', 'AMAZON_PAY_MERCHANT_ID'],
    ['LWA_CLIENT_ID', 'AMAZON_PAY_STORE_ID'],
    ['AMAZON_PAY_ACCESS_KEY', 'AMAZON_PAY_PUBLIC_KEY_ID'],
    ['amazonPaymentsSellerId', 'AMAZON_PAY_MERCHANT_ID'],
  ])('%s may be legacy, and %s takes its place', (name, replacement) => {
    expect(recognise(name)).toMatchObject({ replacement, certainty: 'shared' });
  });

  it.each(['AMAZON_PAY_MWS_ACCESS_KEY', 'AP_MWS_SECRET_KEY', 'amazonPayMwsAuthToken', 'LPA_MWS_ACCESS_KEY'])(
    '%s is certain',
    (name) => {
      expect(recognise(name)?.certainty).toBe('certain');
    },
  );

  it('goes by the keys around a plain name', () => {
    expect(recognise('accessKey', 'payment', 'amazonPay')?.replacement).toBe('AMAZON_PAY_PUBLIC_KEY_ID');
    expect(recognise('accessKey', 'payment', 'amazonPaymentServices')).toBeUndefined();
    expect(recognise('accessKey', 'payment')).toBeUndefined();
  });

  it.each([
    ...[
      'AWS_ACCESS_KEY_ID',
      'AMAZON_S3_ACCESS_KEY',
      'AMAZON_PAYMENT_SERVICES_ACCESS_KEY',
      'PAYFORT_ACCESS_CODE',
      'SP_API_CLIENT_ID',
    ],
    ...[
      'AMAZON_PAY_PUBLIC_KEY_ID',
      'AMAZON_PAY_PRIVATE_KEY',
      'AMAZON_PAY_STORE_ID',
      'AMAZON_PAY_MERCHANT_ID',
      'AMAZON_PAY_REGION',
    ],
    ...[
      'amazonPayPrivateKey',
      'CLIENT_ID',
      'SECRET_KEY',
      'SELLER_ID',
      'LWA_CLIENT_SECRET',
      'MWS_MODE',
      'mwsAccessKeyField',
    ],
  ])('%s is none of ours', (name) => {
    expect(recognise(name)).toBeUndefined();
  });
});

it.each([
  ['AWSAccessKeyId', 'aws_access_key_id'],
  ['mws-access.key', 'mws_access_key'],
  ['amazonPayMWSKey', 'amazon_pay_mws_key'],
])('the words of %s are %s', (name, words) => {
  expect(wordsOf(name)).toBe(words);
});

it('finds the new names in any spelling, but not inside longer ones', () => {
  expect([...findNewNames('amazonPayPublicKeyId: x\nAMAZON_PAY_REGION=eu\nMY_AMAZON_PAY_SANDBOXES=1')]).toEqual([
    'AMAZON_PAY_PUBLIC_KEY_ID',
    'AMAZON_PAY_REGION',
  ]);
});
