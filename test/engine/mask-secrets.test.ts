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
    ['a shell script', 'export MWS_SECRET_KEY=abcdefgh', 'export MWS_SECRET_KEY=***', 'deploy.sh'],
    ['a variable before a command', 'MWS_SECRET=abcdefgh node pay.js', 'MWS_SECRET=*** node pay.js', 'deploy.sh'],
    ['a default of a shell', ': ${MWS_SECRET_KEY:=abcdefgh}', ': ${MWS_SECRET_KEY:=***}', 'deploy.sh'],
    ['an option', 'node pay.js --secret-key abcdefgh', 'node pay.js --secret-key ***', 'deploy.sh'],
    ['an option in quotes', 'node pay.js --secret-key "a b"', 'node pay.js --secret-key "***"', 'deploy.sh'],
    ['a default in quotes', ': ${MWS_SECRET_KEY:-"a b"}', ': ${MWS_SECRET_KEY:-"***"}', 'deploy.sh'],
    ['a header', 'curl -H "X-Client-Secret: abc def" x', 'curl -H "X-Client-Secret: ***" x', 'deploy.sh'],
    ['a body', "curl -d 'client_secret=abc&x=1' x", "curl -d 'client_secret=***&x=1' x", 'deploy.sh'],
    ['a batch file', 'setx MWS_SECRET_KEY abcdefgh', 'setx MWS_SECRET_KEY ***', 'deploy.cmd'],
    ['dotenv with quotes', 'MWS_AUTH_TOKEN="abcdefgh"', 'MWS_AUTH_TOKEN="***"', '.env.local'],
    ['YAML in a list', '  - MWS_SECRET_KEY=abcdefgh # old', '  - MWS_SECRET_KEY=*** # old', 'docker-compose.yml'],
    ['YAML', 'clientSecret: abcdefgh', 'clientSecret: ***', 'values.yaml'],
    ['properties', 'mws.secret.key = abcdefgh', 'mws.secret.key = ***', 'app.properties'],
    ['XML', '<mwsSecretKey>abcdefgh</mwsSecretKey>', '<mwsSecretKey>***</mwsSecretKey>', 'a.xml'],
    ['name and value as arguments', "set('mws.secretKey', 'abcdefgh12345678')", "set('mws.secretKey', '***')", 'a.js'],
    ['a bare value of a message', `line: MWS_SECRET_KEY='${SECRET}'`, "line: MWS_SECRET_KEY='***'", ''],
    [
      'an attribute',
      '<add key="MWSSecretKey" value="abcdefgh" />',
      '<add key="MWSSecretKey" value="***" />',
      'web.config',
    ],
    [
      'a variable with a description',
      '"MWS_SECRET_KEY": { "required": true, "value": "abcdefgh" }',
      '"MWS_SECRET_KEY": { "required": true, "value": "***" }',
      'app.json',
    ],
    [
      'name and value on two lines',
      '- name: MWS_SECRET_KEY\n  value: abcdefgh\n',
      '- name: MWS_SECRET_KEY\n  value: ***\n',
      'k8s.yaml',
    ],
    [
      'a path and a value',
      'name  = "/shop/MWS_SECRET_KEY"\n  value = "abcdefgh"',
      'name  = "/shop/MWS_SECRET_KEY"\n  value = "***"',
      'main.tf',
    ],
    [
      'a default',
      'variable "mws_secret_key" {\n  default = "abcdefgh"\n}',
      'variable "mws_secret_key" {\n  default = "***"\n}',
      'main.tf',
    ],
    [
      'a list in one line',
      '["MWS_SECRET_KEY=abcdefgh", \'MWS_ACCESS_KEY=ijklmnop\']',
      '["MWS_SECRET_KEY=***", \'MWS_ACCESS_KEY=***\']',
      'docker-compose.yml',
    ],
    [
      'a table in one line',
      'env: { MWS_SECRET_KEY: abcdefgh, PORT: 80 }',
      'env: { MWS_SECRET_KEY: ***, PORT: 80 }',
      'values.yaml',
    ],
    ['a command', '- run: MWS_SECRET_KEY=abcdefgh npm test', '- run: MWS_SECRET_KEY=*** npm test', 'ci.yml'],
    [
      'a command in a script',
      "exec('MWS_SECRET_KEY=abcdefgh1 npm test')",
      "exec('MWS_SECRET_KEY=*** npm test')",
      'a.js',
    ],
    ['ENV without =', 'ENV MWS_SECRET_KEY abcdefgh', 'ENV MWS_SECRET_KEY ***', 'Dockerfile'],
    ['a value of two lines', 'MWS_SECRET_KEY="abcd\nefgh"\nPORT=80', 'MWS_SECRET_KEY="***\n***"\nPORT=80', '.env'],
    [
      'an attribute',
      '<add key="MWSSecretKey" value="abcdefgh" />',
      '<add key="MWSSecretKey" value="***" />',
      'web.config',
    ],
    [
      'a variable with a description',
      '"MWS_SECRET_KEY": { "required": true, "value": "abcdefgh" }',
      '"MWS_SECRET_KEY": { "required": true, "value": "***" }',
      'app.json',
    ],
    [
      'name and value on two lines',
      '- name: MWS_SECRET_KEY\n  value: abcdefgh\n',
      '- name: MWS_SECRET_KEY\n  value: ***\n',
      'k8s.yaml',
    ],
    [
      'a path and a value',
      'name  = "/shop/MWS_SECRET_KEY"\n  value = "abcdefgh"',
      'name  = "/shop/MWS_SECRET_KEY"\n  value = "***"',
      'main.tf',
    ],
    [
      'a default',
      'variable "mws_secret_key" {\n  default = "abcdefgh"\n}',
      'variable "mws_secret_key" {\n  default = "***"\n}',
      'main.tf',
    ],
    [
      'a list in one line',
      '["MWS_SECRET_KEY=abcdefgh", \'MWS_ACCESS_KEY=ijklmnop\']',
      '["MWS_SECRET_KEY=***", \'MWS_ACCESS_KEY=***\']',
      'docker-compose.yml',
    ],
    [
      'a table in one line',
      'env: { MWS_SECRET_KEY: abcdefgh, PORT: 80 }',
      'env: { MWS_SECRET_KEY: ***, PORT: 80 }',
      'values.yaml',
    ],
    ['a command', '- run: MWS_SECRET_KEY=abcdefgh npm test', '- run: MWS_SECRET_KEY=*** npm test', 'ci.yml'],
    [
      'a command in a script',
      "exec('MWS_SECRET_KEY=abcdefgh1 npm test')",
      "exec('MWS_SECRET_KEY=*** npm test')",
      'a.js',
    ],
    ['ENV without =', 'ENV MWS_SECRET_KEY abcdefgh', 'ENV MWS_SECRET_KEY ***', 'Dockerfile'],
    ['a value of two lines', 'MWS_SECRET_KEY="abcd\nefgh"\nPORT=80', 'MWS_SECRET_KEY="***\n***"\nPORT=80', '.env'],
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
    ['what a command prints', 'MWS_SECRET_KEY=$(cat /run/secret)', 'deploy.sh'],
    ['an argument of a function', 'local secret_key=$1', 'deploy.sh'],
    ['variables of a shell', 'sign "$secret_key" "$data"', 'deploy.sh'],
    ['an empty string', "secretKey: ''", 'a.js'],
    ['a secret of another store', 'MWS_SECRET_KEY: ${{ secrets.MWS_SECRET_KEY }}', 'ci.yml'],
    ['a reference to a secret', 'name: MWS_SECRET_KEY\n  valueFrom:\n    key: x', 'k8s.yaml'],
    ['an object of variables', '{ mwsSecretKey: secretKey2, port: 80 }', 'a.js'],
    ['a value that is elsewhere', '- name: MWS_SECRET_KEY\n- name: PORT\n  value: abcdefgh', 'k8s.yaml'],
    ['a comparison with a variable', 'if (mwsSecretKey === otherKey12) {}', 'a.js'],
    ['a secret of another store', 'MWS_SECRET_KEY: ${{ secrets.MWS_SECRET_KEY }}', 'ci.yml'],
    ['a reference to a secret', 'name: MWS_SECRET_KEY\n  valueFrom:\n    key: x', 'k8s.yaml'],
    ['an object of variables', '{ mwsSecretKey: secretKey2, port: 80 }', 'a.js'],
    ['a value that is elsewhere', '- name: MWS_SECRET_KEY\n- name: PORT\n  value: abcdefgh', 'k8s.yaml'],
    ['a comparison with a variable', 'if (mwsSecretKey === otherKey12) {}', 'a.js'],
    ['a type with a default', 'clientSecret: { type: String, default: null }', 'schema.js'],
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
