import { maskSecrets } from '../../src/engine/mask-secrets';

/** 40 characters of base64, as MWS secrets are; made up. */
const SECRET = 'aB3dEfGhIjKlMnOpQrStUvWxYz0123456789+/xY';
const PEM = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----';

describe('maskSecrets masks', () => {
  it.each([
    ['a quoted secret', `mwsSecretKey: '${SECRET}',`, "mwsSecretKey: '***',", 'config.js'],
    ['a short one too', "secretKey: 'hunter2'", "secretKey: '***'", 'config.js'],
    ['JSON', '{"mws_secret_key": "abcdefgh"}', '{"mws_secret_key": "***"}', 'config.json'],
    [
      'an assignment with a type',
      'const clientSecret: string = "abcdefgh";',
      'const clientSecret: string = "***";',
      'a.ts',
    ],
    ['a fallback', "process.env.MWS_SECRET_KEY || 'abcdefgh'", "process.env.MWS_SECRET_KEY || '***'", 'a.js'],
    ['an access key by its form', 'connect(env, "AKIAIOSFODNN7EXAMPLE")', 'connect(env, "***")', 'a.js'],
    ['an access key by its name', "accessKey = 'abcdefgh'", "accessKey = '***'", 'a.js'],
    ['a secret that is only an argument', `connect(env, '${SECRET}')`, "connect(env, '***')", 'a.js'],
    ['an auth token', 'token: amzn.mws.4ea38b7b-f563-7709-4bae-87aea9c0aa11', 'token: ***', 'a.yml'],
    ['dotenv', 'MWS_SECRET_KEY=abcdefgh\nPORT=80', 'MWS_SECRET_KEY=***\nPORT=80', '.env'],
    ['dotenv with quotes', 'MWS_AUTH_TOKEN="abcdefgh"', 'MWS_AUTH_TOKEN="***"', '.env.local'],
    ['YAML in a list', '  - MWS_SECRET_KEY=abcdefgh # old', '  - MWS_SECRET_KEY=*** # old', 'docker-compose.yml'],
    ['YAML', 'clientSecret: abcdefgh', 'clientSecret: ***', 'values.yaml'],
    ['properties', 'mws.secret.key = abcdefgh', 'mws.secret.key = ***', 'app.properties'],
    ['XML', '<mwsSecretKey>abcdefgh</mwsSecretKey>', '<mwsSecretKey>***</mwsSecretKey>', 'a.xml'],
    ['name and value as arguments', "set('mws.secretKey', 'abcdefgh12345678')", "set('mws.secretKey', '***')", 'a.js'],
    ['a bare value of a message', `line: MWS_SECRET_KEY='${SECRET}'`, "line: MWS_SECRET_KEY='***'", ''],
    ['a key file, line by line', PEM, '***\n***\n***\n***', 'a.js'],
    ['a key whose end is missing', '-----BEGIN RSA PRIVATE KEY-----\nMIIE', '***\n***', 'a.js'],
    ['CRLF', 'MWS_SECRET_KEY=abcdefgh\r\nPORT=80\r\n', 'MWS_SECRET_KEY=***\r\nPORT=80\r\n', '.env'],
  ])('%s', (_, text, masked, path) => {
    expect(maskSecrets(text, path)).toBe(masked);
    expect(maskSecrets(masked, path)).toBe(masked);
  });
});

describe('maskSecrets leaves', () => {
  it.each([
    ['a variable of the environment', 'secretKey: process.env.MWS_SECRET_KEY,', 'a.js'],
    ['one in brackets', "secretKey: process.env['MWS_SECRET_KEY'],", 'a.js'],
    ['one with a fallback', 'secretKey: process.env.MWS_SECRET_KEY || fallback,', 'a.js'],
    ['a property', 'const secretKey = config.mws.secretKey2;', 'a.js'],
    ['a line that is a property', 'secretKey: config.mws.secretKey2', 'a.js'],
    ['a variable', 'mwsSecretKey: secretKeyOfShop2,', 'a.js'],
    ['a call', "privateKey: readFileSync(path, 'utf8'),", 'a.js'],
    ['the name of a variable', '{"secretKey": "MWS_SECRET_KEY"}', 'custom-environment-variables.json'],
    ['a template', 'clientSecret: {{ .Values.secret }}', 'values.yaml'],
    ['a reference in dotenv', 'MWS_SECRET_KEY=${VAULT_SECRET}', '.env'],
    ['shell', 'MWS_SECRET_KEY=$SECRET', '.env'],
    ['an empty value', 'MWS_SECRET_KEY=\nPORT=8080', '.env'],
    ['an empty string', "secretKey: ''", 'a.js'],
    ['the hash of a commit', "const commit = '0123456789abcdef0123456789abcdef01234567';", 'a.js'],
    ['a seller id', "sellerId: 'A2ABCDEFGHIJKL'", 'a.js'],
    ['an order reference', "id: 'S01-1234567-1234567-A123456'", 'a.js'],
    ['a type', 'interface Keys { secretKey: string; accessKey: string }', 'a.ts'],
  ])('%s', (_, text, path) => {
    expect(maskSecrets(text, path)).toBe(text);
  });
});

it('takes a long text in linear time', () => {
  const text = `${'secretKey = accessKey '.repeat(20_000)}${'-----BEGIN PRIVATE KEY-----'.repeat(50)}`;
  const startedAt = performance.now();
  maskSecrets(text, 'a.js');
  expect(performance.now() - startedAt).toBeLessThan(5000);
});
