import { codemod } from '../../../codemods/raw-mws';
import { describeFindings, migrateTexts } from '../run-codemod';

/** A function for any operation; `replace` makes one thing about it uncertain. */
const executor = (...replace: readonly (readonly [string, string])[]): string => {
  let text = `const crypto = require('crypto');
const HOST = 'mws.amazonservices.com';
const PATH = '/OffAmazonPayments/2013-01-01';
async function mws(action, params) {
  const query = { ...params, Action: action, Version: '2013-01-01', SellerId: process.env.SELLER_ID };
  const text = new URLSearchParams(query).toString();
  const signature = crypto.createHmac('sha256', process.env.MWS_SECRET_KEY).update(text).digest('base64');
  const response = await fetch('https://' + HOST + PATH, { method: 'POST', body: text + '&Signature=' + signature });
  return parse(await response.text());
}
exports.isPaid = async (id) => {
  const body = await mws('GetCaptureDetails', { AmazonCaptureId: id });
  return body.GetCaptureDetailsResponse.GetCaptureDetailsResult.CaptureDetails.CaptureStatus.State === 'Completed';
};
`;
  for (const [from, to] of replace) {
    if (!text.includes(from)) throw new Error(`${from} is not in the text`);
    text = text.replace(from, to);
  }
  return text;
};

async function migrate(text: string) {
  const files = new Map([['mws.js', text]]);
  const { edits, findings } = await migrateTexts(codemod, files);
  return { edits, listed: describeFindings(files, findings) };
}

it('rewrites a request of which everything is known', async () => {
  const { edits, listed } = await migrate(executor());
  expect(edits).not.toEqual([]);
  expect(listed).toContain('mws.js:12 automatic raw-mws/request GetCaptureDetails');
});

describe('lists and does not rewrite', () => {
  it.each<[string, readonly (readonly [string, string])[]]>([
    ['a sandbox that something else decides', [["'/OffAmazonPayments/2013", "'/OffAmazonPayments' + suffix + '/2013"]]],
    ['the same in a template', [["'/OffAmazonPayments/2013-01-01'", '`/OffAmazonPayments${suffix}/2013-01-01`']]],
    ['a path from the environment', [["PATH = '", "PATH = process.env.MWS_PATH || '"]]],
    ['a host from the environment', [["HOST = '", "HOST = process.env.MWS_HOST ?? '"]]],
    [
      'a host that a condition decides',
      [["HOST = 'mws.amazonservices.com'", "HOST = eu ? euHost : 'mws.amazonservices.com'"]],
    ],
    [
      'a path that is put together',
      [["PATH = '/OffAmazonPayments/2013-01-01'", "PATH = '/OffAmazonPayments' + '_Sandbox' + '/2013-01-01'"]],
    ],
    [
      'a client for each merchant',
      [
        [
          'async function mws(action, params) {',
          'module.exports = function connect(config) {\n const mws = async (action, params) => {',
        ],
        ['process.env.MWS_SECRET_KEY', 'config.secret'],
        ['return parse(await response.text());\n}', 'return parse(await response.text());\n }'],
        ['exports.isPaid', 'this.isPaid'],
        ["'Completed';\n};", "'Completed';\n};\n}"],
      ],
    ],
    [
      'a class with credentials of its own',
      [
        ['async function mws(action', 'class Mws {\n constructor(keys) { this.keys = keys; }\n async mws(action'],
        ['process.env.MWS_SECRET_KEY', 'this.keys.secret'],
        ['text());\n}\nexports.isPaid = async (id) => {', 'text());\n }\n async isPaid(id) {'],
        ['await mws(', 'await this.mws('],
        ["'Completed';\n};", "'Completed';\n }\n}"],
      ],
    ],
    ['a seller of the call', [['AmazonCaptureId: id }', 'AmazonCaptureId: id, SellerId: merchant.id }']]],
    [
      'a merchant that the call acts for',
      [['AmazonCaptureId: id }', 'AmazonCaptureId: id, MWSAuthToken: merchant.token }']],
    ],
    [
      'a constant that the function adds, which names the id',
      [
        ['async function mws', "const DEFAULTS = { AmazonCaptureId: 'x' };\nasync function mws"],
        ['{ ...params,', '{ ...DEFAULTS, ...params,'],
      ],
    ],
    [
      'an object of which nothing is seen',
      [
        ['async function mws', "const { defaults } = require('../config');\nasync function mws"],
        ['{ ...params,', '{ ...defaults, ...params,'],
      ],
    ],
    ['a token that the function adds', [['SellerId: process', 'MWSAuthToken: token, SellerId: process']]],
  ])('%s', async (_name, replace) => {
    const { edits, listed } = await migrate(executor(...replace));
    expect(edits).toEqual([]);
    expect(listed.some((line) => /manual \(open\) raw-mws\/request GetCaptureDetails$/.test(line))).toBe(true);
  });

  it('a parameter that the function adds', async () => {
    const authorize = `
exports.charge = async (id, ref) => {
  const body = await mws('AuthorizeOnBillingAgreement', {
    AmazonBillingAgreementId: id, AuthorizationReferenceId: ref,
    'AuthorizationAmount.Amount': '1.00', 'AuthorizationAmount.CurrencyCode': 'USD',
  });
  return body.AuthorizeOnBillingAgreementResponse.AuthorizeOnBillingAgreementResult.AuthorizationDetails.AuthorizationStatus.State === 'Declined';
};
`;
    const plain = await migrate(executor() + authorize);
    expect(plain.listed).toContain('mws.js:17 automatic raw-mws/request AuthorizeOnBillingAgreement');
    const added = await migrate(executor(['{ ...params,', '{ TransactionTimeout: 0, ...params,']) + authorize);
    expect(added.listed).toContain('mws.js:17 manual (open) raw-mws/request AuthorizeOnBillingAgreement');
  });
});

it('looks for added parameters in what the function calls in other files', async () => {
  const sender = executor(
    ['{ ...params,', '{ ...complete(params),'],
    ['const HOST', "const { complete } = require('./complete');\nconst HOST"],
  );
  const files = (text: string): Map<string, string> =>
    new Map([
      ['mws.js', sender],
      ['complete.js', text],
    ]);
  const plain = files('exports.complete = (params) => ({ ...params, SellerId: process.env.SELLER_ID });\n');
  expect((await migrateTexts(codemod, plain)).edits).not.toEqual([]);
  const adding = files("exports.complete = (params) => ({ ...params, AmazonCaptureId: 'C01' });\n");
  expect((await migrateTexts(codemod, adding)).edits).toEqual([]);
});

describe('a function that sends its own request', () => {
  const own = (...lines: readonly string[]): string => `const crypto = require('crypto');
const HOST = 'mws.amazonservices.com';
const PATH = '/OffAmazonPayments/2013-01-01';
exports.isPaid = async ({ id, log }) => {
  const query = new URLSearchParams();
  const params = { Action: 'GetCaptureDetails', AmazonCaptureId: id, SellerId: process.env.SELLER_ID };
${lines.map((line) => `  ${line}\n`).join('')}  const body = new URLSearchParams(params);
  body.append('Signature', crypto.createHmac('sha256', process.env.SECRET).update(body.toString()).digest('base64'));
  const response = await fetch('https://' + HOST + PATH, { method: 'POST', body });
  const answer = await parseXml(await response.text());
  return answer.GetCaptureDetailsResponse.GetCaptureDetailsResult.CaptureDetails.CaptureStatus.State === 'Completed';
};
`;

  it('is rewritten as a whole', async () => {
    const { files } = await migrateTexts(codemod, new Map([['paid.js', own()]]));
    expect(files.get('paid.js')).toContain(`exports.isPaid = async ({ id, log }) => {
  const query = new URLSearchParams();
  const answer = await send(() => amazonPay.getCharge(id));
  return answer.statusDetails.state === 'Captured';
};`);
  });

  it.each([
    ['another parameter', "params['AmazonCaptureId'] = params.AmazonCaptureId + '0';"],
    ['a condition', "if (id.startsWith('P')) params.AmazonCaptureId = id;"],
    ['something else', 'log.push(params);'],
    ['something that changes what is sent', 'id = normalize(id);'],
    ['a loop', 'for (const key of Object.keys(params)) if (!params[key]) delete params[key];'],
    ['a parameter for the query', "const more = { ...params, AmazonCaptureId: 'x' };"],
    ['a secret of the caller', 'const signed = sign(params, log.secret);'],
  ])('is listed with %s', async (_name, line) => {
    const { edits, listed } = await migrate(own(line));
    expect(edits).toEqual([]);
    expect(listed).toContain('mws.js:6 manual (open) raw-mws/request GetCaptureDetails');
  });
});
