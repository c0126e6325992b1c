import { maskSecrets } from '../../src/engine/mask-secrets';

it.each([
  ["mwsSecretKey: 'abcDEF123/+xyz'", "mwsSecretKey: '***'"],
  ['"mws_access_key": "AKIAABCDEFGHIJKLMNOP"', '"mws_access_key": "***"'],
  ['MWS_SECRET_KEY=abcdefghijklmnop', 'MWS_SECRET_KEY=***'],
  ['export MWS_SECRET_KEY=abcdefghijklmnop', 'export MWS_SECRET_KEY=***'],
  ['  mws_secret_key: abcdefghijklmnop', '  mws_secret_key: ***'],
  ['clientSecret = `s3cr3t-value`', 'clientSecret = `***`'],
  ['const key = "AKIAABCDEFGHIJKLMNOP";', 'const key = "***";'],
  ['token amzn.mws.1234abcd-12ab-34cd-56ef-1234567890ab', 'token ***'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', '***'],
  ['-----BEGIN PRIVATE KEY-----\nMIIE cut off', '***'],
])('%j becomes %j', (text, masked) => expect(maskSecrets(text)).toBe(masked));

it.each([
  'mwsSecretKey: process.env.MWS_SECRET_KEY,',
  'mwsSecretKey: config.amazon.secretKey,',
  'privateKey: process.env.AMAZON_PAY_PRIVATE_KEY',
  "const { secretKey } = require('./config');",
  'sellerId: process.env.SELLER',
  'secretKey: readSecret(name),',
])('%j stays', (text) => expect(maskSecrets(text)).toBe(text));
