import { discover } from '../../src/engine/discover';
import { selectFiles } from '../../src/engine/select-files';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

async function select(files: Readonly<Record<string, string | Buffer>>): Promise<string[]> {
  const root = createFolder(files);
  const selection = await selectFiles(root, await discover(root, { include: [] }));
  return selection.files.map(({ path }) => path);
}

const client = "const client = require('amazon-payments').connect(require('./config'));\n";

it('takes what a candidate loads, what loads it, and what loads this, but no further', async () => {
  expect(
    await select({
      'package.json': '{}',
      'yarn.lock': '# nothing of ours\n',
      'lib/client.js': client,
      'lib/config/index.js': 'module.exports = {};\n',
      'lib/wrapper.js': "export * from './client.js';\n",
      'use.ts': "import { a } from './lib/wrapper';\n",
      'further.js': "require('./use');\n",
      'unrelated.js': "require('./lib/config');\nrequire('express');\n",
    }),
  ).toEqual(['lib/client.js', 'lib/config/index.js', 'lib/wrapper.js', 'package.json', 'use.ts', 'yarn.lock']);
});

it('takes what knows an implementation by its interface alone, where it speaks of states or reasons', async () => {
  expect(
    await select({
      'package.json': '{}',
      'src/client.ts': client,
      'src/adapter.ts': `import { client } from './client';
import type { Payments } from './ports';
export class Adapter implements Payments<string>, Other { capture = () => client.capture(); }
`,
      'src/ports/index.ts': "export * from './payments';\n",
      'src/ports/payments.ts': 'export interface Payments<T> { capture(): Promise<T> }\n',
      'src/settle.ts':
        "import { Payments } from './ports/payments';\nexport const isPaid = (state: string) => state === 'Completed';\n",
      'src/again.ts':
        "import { Payments } from './ports/payments';\nexport const isSoft = (why: string) => why === 'InvalidPaymentMethod';\n",
      'src/mail.ts':
        "import { Payments } from './ports';\nexport const mail = (payments: Payments<string>) => payments;\n",
      'src/other.ts': "export const isPaid = (state: string) => state === 'Completed';\n",
    }),
  ).toEqual([
    'package.json',
    'src/adapter.ts',
    'src/again.ts',
    'src/client.ts',
    'src/ports/index.ts',
    'src/ports/payments.ts',
    'src/settle.ts',
  ]);
});

it('takes what is handed an object with such a method, where it speaks of states', async () => {
  expect(
    await select({
      'package.json': '{}',
      'client.js': client,
      'payments.js': `const client = require('./client');
module.exports = { create: () => ({ async stateOf(id) { return client.getCaptureDetails(id).CaptureDetails.CaptureStatus; }, find: (id) => id }) };
`,
      'checkout.js': "const payments = require('./payments');\nexports.captureState = (id) => payments.stateOf(id);\n",
      'mailer.js': "module.exports = (checkout) => checkout.captureState(1) === 'Pending';\n",
      'orders.js': `module.exports = ({ payments }) => ({
  settle: async (id) => (await payments.stateOf(id)) === 'Completed',
});
`,
      'optional.js': "module.exports = (pay) => pay?.stateOf?.(1) === 'Closed';\n",
      'quoted.js': "module.exports = (pay) => pay['stateOf'](1) === 'Completed';\n",
      'taken.js':
        "module.exports = ({ pay }) => {\n  const { stateOf } = pay;\n  return stateOf(1) === 'Completed';\n};\n",
      'given.js': "module.exports = ({ stateOf, log }) => stateOf(1) === 'Completed';\n",
      'found.js': 'module.exports = ({ paymentService }) => paymentService.find(1) === `Pending`;\n',
      'todos.js': "module.exports = (store) => store.load(1) === 'Completed';\n",
      'mail.js': 'module.exports = (payments) => payments.stateOf(1);\n',
    }),
  ).toEqual([
    'checkout.js',
    'client.js',
    'found.js',
    'given.js',
    'mailer.js',
    'optional.js',
    'orders.js',
    'package.json',
    'payments.js',
    'quoted.js',
    'taken.js',
  ]);
});

it('takes what is handed an object with such a method, where it reads a field of an answer', async () => {
  expect(
    await select({
      'package.json': '{}',
      'payments.js': `const client = require('amazon-payments').connect({});
module.exports = { capture: (id) => client.get(id) };
`,
      'amounts.js': 'module.exports = async (pay) => (await pay.capture(1)).CaptureAmount.Amount;\n',
      'taken.js':
        'module.exports = async (pay) => { const { CaptureFee } = await pay.capture(1); return CaptureFee; };\n',
      'columns.js': 'exports.columns = { CaptureAmount: 1 };\n',
      'others.js': 'module.exports = async (pay) => (await pay.capture(1)).LastCaptureAmountOf;\n',
    }),
  ).toEqual(['amounts.js', 'package.json', 'payments.js', 'taken.js']);
});

it('takes no code that calls methods of names that anything has, nor those of what merely stands around', async () => {
  expect(
    await select({
      'package.json': '{}',
      'payments.js': `const client = require('amazon-payments').connect({});
module.exports = { get: (id) => client.get(id), map: (id) => id, has: (id) => id, status: (id) => id, stateOf: (id) => id };
`,
      'server.js': "require('./payments');\nexports.boot = (queue) => queue;\n",
      'tasks.js': "module.exports = (tasks) => tasks.get(1) === 'Completed' && tasks.map(String).has('Open');\n",
      'route.js': "module.exports = (req, res) => res.status(200).json(req.state === 'Closed');\n",
      'booted.js': "module.exports = (one) => one.boot(1) === 'Completed';\n",
      'labels.js': "module.exports = { labels: { stateOf: 'Completed' } };\n",
      // A gateway is asked how a payment is, and not a server's answer.
      'orders.js': "module.exports = (gateway) => gateway.status(1) === 'Completed';\n",
    }),
  ).toEqual(['orders.js', 'package.json', 'payments.js', 'server.js']);
});

it('takes the contracts of a workspace, and who speaks of states and loads them beside a candidate', async () => {
  const manifest = (name: string, ...loaded: string[]): string =>
    JSON.stringify({ name, main: 'index.ts', dependencies: Object.fromEntries(loaded.map((one) => [one, '*'])) });
  const selected = await select({
    'package.json': '{"workspaces":["packages/*"]}',
    'packages/pay/package.json': manifest('@shop/pay', '@shop/contracts'),
    'packages/pay/index.ts': `${client}import { ChargeState } from '@shop/contracts';\n`,
    'packages/contracts/package.json': manifest('@shop/contracts'),
    'packages/contracts/index.ts': "export * from './charge';\nexport * from './mail';\n",
    'packages/contracts/charge.ts': 'export type ChargeState = string;\n',
    'packages/contracts/mail.ts': 'export type Mail = string;\n',
    'packages/worker/package.json': manifest('@shop/worker', '@shop/pay', '@shop/contracts'),
    'packages/worker/row.ts':
      "import { Charged } from '@shop/contracts';\nexport const isPaid = (one: Charged) => one.state === 'Closed';\n",
    'packages/worker/mail.ts': "import { Mail } from '@shop/contracts';\n",
  });
  expect(selected.filter((path) => path.endsWith('.ts'))).toEqual([
    'packages/contracts/charge.ts',
    'packages/contracts/index.ts',
    'packages/pay/index.ts',
    'packages/worker/row.ts',
  ]);
});

it('follows packages of one workspace by name, and only those that depend on a candidate', async () => {
  expect(
    await select({
      'package.json': '{"workspaces":["packages/*"]}',
      'packages/pay/package.json': '{"name":"@shop/pay","main":"src/main.js"}',
      'packages/pay/src/main.js': "module.exports = require('amazon-payments');\n",
      'packages/web/package.json': '{"dependencies":{"@shop/pay":"*"}}',
      'packages/web/app.js': "import pay from '@shop/pay';\n",
      'packages/other/package.json': '{}',
      'packages/other/app.js': "import pay from '@shop/pay';\n",
    }),
  ).toEqual([
    'package.json',
    'packages/pay/package.json',
    'packages/pay/src/main.js',
    'packages/web/app.js',
    'packages/web/package.json',
  ]);
});

it("takes the settings of a candidate's package that name MWS or a seller, though they hold no marker", async () => {
  expect(
    await select({
      'package.json': '{"workspaces":["shop","other"]}',
      'shop/package.json': '{}',
      'shop/client.js': client,
      'shop/config/default.json': '{"amazon":{"mws":{"accessKey":"x"}}}',
      'shop/config/amazon.json': '{"sellerId":"x","accessKey":"x"}',
      'shop/config/database.json': '{"host":"x"}',
      'shop/deploy/shop.toml': '[mws]\naccess_key = "x"\n',
      'shop/data/prices.json': '{"mws":1}',
      'other/package.json': '{}',
      'other/config/default.json': '{"mws":{"accessKey":"x"}}',
    }),
  ).toEqual([
    'package.json',
    'shop/client.js',
    'shop/config/amazon.json',
    'shop/config/default.json',
    'shop/deploy/shop.toml',
    'shop/package.json',
  ]);
});

it('finds the helper that an earlier run emitted, wherever it stands in the package', async () => {
  expect(
    await select({ 'src/pay.js': client, 'lib/amazon-pay-v2.js': '', 'lib/amazon-pay-v2.md': '', 'lib/config.js': '' }),
  ).toEqual(['lib/amazon-pay-v2.js', 'src/pay.js']);
});

it('reads the imports of scripts of any encoding, and names that are not ASCII', async () => {
  expect(
    await select({
      'lib/zähler.js': client,
      'a.js': Buffer.from("\uFEFFimport './lib/zähler'\n", 'utf16le'),
      'b.js': "import './lib/zähler'\n",
      'c.js': "import './lib/zahler'\n",
    }),
  ).toEqual(['a.js', 'b.js', 'lib/zähler.js']);
});

it.each([
  ['lib/index.js', ["import '.'", "import '../lib'", "import './index'"], 'lib/x.js'],
  ['lib/deep/pay.mts', ["import './deep/pay.mjs'", "import './deep/pay'"], 'lib/x.js'],
  ['index.ts', ["import '..'", "import '../'", "import '../index.js'"], 'lib/x.js'],
  ['lib.js', ["import '..'"], 'lib/a/x.js'],
])('finds who loads %s, however it is spelled', async (path, spellings, importer) => {
  for (const spelling of spellings) {
    expect(await select({ [path]: client, [importer]: `${spelling};\n` })).toEqual([importer, path].sort());
  }
});

it.each([
  ['paths', '{"compilerOptions":{"baseUrl":".","paths":{"@pay/*":["lib/*"]}}}', '@pay/client'],
  ['an exact alias', '{"compilerOptions":{"paths":{"payments":["./lib/client.ts"],"*":["vendor/*"]}}}', 'payments'],
  ['a suffix', '{"compilerOptions":{"paths":{"*-module":["lib/*"]}}}', 'client-module'],
  ['baseUrl', '{"compilerOptions":{"baseUrl":"lib"}}', 'client'],
  ['comments and commas', '{\n// ours\n"compilerOptions":{"baseUrl":".",},}', 'lib/client'],
  ['a configuration that it extends', '{"extends":"./config/tsconfig.base"}', '~lib/client'],
  ['the source root of a bundler', '{}', '@/lib/client'],
])('follows %s', async (_, tsconfig, specifier) => {
  expect(
    await select({
      'package.json': '{"dependencies":{"installed":"1"}}',
      'tsconfig.json': tsconfig,
      'config/tsconfig.base.json': '{"compilerOptions":{"paths":{"~lib/*":["../lib/*"]}}}',
      'lib/client.ts': client,
      'vendor/client.ts': '',
      'use.ts': `import { refund } from '${specifier}';\n`,
      'other.ts': "import { client } from 'installed/client';\n",
    }),
  ).toEqual(['lib/client.ts', 'package.json', 'use.ts']);
});

it('finds what loads a legacy client under the name that package.json gives it, and what loads this', async () => {
  expect(
    await select({
      'package.json': '{"dependencies":{"pay":"npm:amazon-payments@^0.2"}}',
      'lib/make.ts': "export const make = () => require('pay').connect({});\n",
      'lib/use.ts': "import { make } from './make';\n",
      'lib/other.ts': "import { make } from 'other/pay';\n",
      'test/make.test.ts': "jest.mock('pay');\n",
    }),
  ).toEqual(['lib/make.ts', 'lib/use.ts', 'package.json', 'test/make.test.ts']);
});

it('leaves out bundles and other files that a candidate happens to load', async () => {
  expect(
    await select({
      'src/pay.js': `${client}import './style.css'; import '../vendor/big.min.js'; import data from './data.json';\n`,
      'src/style.css': 'a{}',
      'src/data.json': '{}',
      'vendor/big.min.js': 'var a',
    }),
  ).toEqual(['src/data.json', 'src/pay.js']);
});

it('names a broken package.json of a candidate, and no other', async () => {
  const root = createFolder({ 'pay/a.js': client, 'pay/package.json': '{', 'template/package.json': '{{name}}' });
  const { failed, files } = await selectFiles(root, await discover(root, { include: [] }));
  expect(failed.map(({ path }) => path)).toEqual(['pay/package.json']);
  expect(files.map(({ path }) => path)).toEqual(['pay/a.js']);
});

it('loads nothing for a project without candidates', async () => {
  expect(await select({ 'a.js': 'x();\n', 'package.json': '{' })).toEqual([]);
});

it('takes what reads a legacy answer, and no type of the same name', async () => {
  expect(
    await select({
      'package.json': '{}',
      'labels.js': 'export const label = ({ AuthorizationStatus: { State } }) => State;\n',
      'paths.js': "export const state = (answer) => get(answer, ['CaptureDetails', 'CaptureStatus', 'State']);\n",
      'row.ts': "export const id = (answer: any) => answer.RefundDetails!['AmazonRefundId'];\n",
      'types.ts': 'export enum RefundStatus { Sent, Failed }\nexport const first = RefundStatus.Sent;\n',
      'page.jsx': 'export const page = () => <OrderReferenceDetails id={1} />;\n',
    }),
  ).toEqual(['labels.js', 'package.json', 'paths.js', 'row.ts']);
});

it('takes schemas of databases and APIs, and migrations, that name states, of the packages around a candidate', async () => {
  const found = await select({
    'package.json': '{"workspaces":["shop","other"]}',
    'shop/package.json': '{}',
    'shop/client.js': client,
    'shop/db/migrations/1.js': "t.enu('state', ['Pending', 'Open', 'Closed']);\n",
    'shop/db/migrations/2.js': "t.enu('state', ['new', 'Open']);\n",
    'shop/src/lists.js': "module.exports = ['Pending', 'Open', 'Closed'];\n",
    'shop/schema.sql': "CHECK (state IN ('Pending', 'Open'))\n",
    'shop/prisma/schema.prisma': 'enum State {\n  Pending\n  Open // reserved\n  Closed\n}\n',
    'shop/src/payments.graphql': 'enum CaptureState { Pending Completed Closed }\n',
    'shop/api/openapi.yaml': 'enum: [Pending, Completed, Closed]\n',
    'shop/api/other.yaml': 'enum: [Pending, Completed, Closed]\n',
    'other/package.json': '{}',
    'other/schema.sql': "CHECK (state IN ('Pending', 'Open'))\n",
  });
  expect(found).toEqual([
    'package.json',
    'shop/api/openapi.yaml',
    'shop/client.js',
    'shop/db/migrations/1.js',
    'shop/package.json',
    'shop/prisma/schema.prisma',
    'shop/schema.sql',
    'shop/src/payments.graphql',
  ]);
});

it('takes queries, templates and columns of Amazon Pay, whichever package of the project has them', async () => {
  const found = await select({
    'package.json': '{"workspaces":["shop","data"]}',
    'shop/package.json': '{}',
    'shop/client.js': client,
    'data/package.json': '{}',
    'data/declines.sql': "SELECT raw->'AuthorizationStatus'->>'ReasonCode' FROM payments;\n",
    'data/customers.sql': "SELECT raw->'address'->>'State' FROM customers;\n",
    'data/table.sql': 'CREATE TABLE payments (amazon_state varchar(12));\n',
    'data/wide.sql': 'CREATE TABLE payments (amazon_state varchar(32), order_status varchar(8));\n',
    'data/refund.hbs': '<p>{{refund.RefundAmount.Amount}}</p>\n',
    'data/price.hbs': '<p>{{refund.amount}} Amount</p>\n',
  });
  expect(found).toEqual([
    'data/declines.sql',
    'data/refund.hbs',
    'data/table.sql',
    'package.json',
    'shop/client.js',
    'shop/package.json',
  ]);
});

it('takes tables and translations of states and reasons around a candidate, and those around what an earlier run emitted', async () => {
  const states = '{"payment":{"Pending":"a","Open":"b","Closed":"c"}}';
  const files = {
    'package.json': '{"workspaces":["shop","other"]}',
    'shop/package.json': '{}',
    'shop/routes.js': "require('./client');\nrequire('./labels');\nrequire('./texts');\n",
    'shop/labels.js': "module.exports = { Pending: 'a', Open: 'b', Closed: 'c' };\n",
    'shop/texts.js': "module.exports = { Pending: 'a' };\n",
    'shop/locales/de/orders.json': states,
    'shop/locales/de/menu.json': '{"Open":"Menü"}',
    'shop/locales/de/declined.json': '{"InvalidPaymentMethod":"a","AmazonRejected":"b"}',
    'shop/data/states.json': states,
    'other/package.json': '{}',
    'other/locales/de.json': states,
  };
  const locales = ['shop/locales/de/declined.json', 'shop/locales/de/orders.json'];
  const taken = ['shop/labels.js', ...locales, 'shop/package.json', 'shop/routes.js'];
  const found = await select({ ...files, 'shop/client.js': client });
  expect(found).toEqual(['package.json', 'shop/client.js', ...taken]);
  const emitted = { 'shop/amazon-pay-v2.js': '', 'shop/client.js': "require('./amazon-pay-v2');\n" };
  const again = await select({ ...files, ...emitted });
  expect(again).toEqual(['package.json', 'shop/amazon-pay-v2.js', 'shop/client.js', ...taken]);
});

it('takes templates that quote words of legacy, of the packages around a candidate', async () => {
  const found = await select({
    'package.json': '{"workspaces":["shop","other"]}',
    'shop/package.json': '{}',
    'shop/client.js': client,
    'shop/views/paid.pug': "if payment.state === 'Open'\n",
    'shop/views/hours.pug': 'h1 Open all day\n',
    'shop/views/colours.ejs': "<%= { Open: 'green' }[state] %>\n",
    'other/package.json': '{}',
    'other/views/paid.pug': "if payment.state === 'Open'\n",
  });
  expect(found).toEqual([
    'package.json',
    'shop/client.js',
    'shop/package.json',
    'shop/views/colours.ejs',
    'shop/views/paid.pug',
  ]);
});

it('takes scripts of pages that quote words of legacy, of the packages around a candidate', async () => {
  const found = await select({
    'package.json': '{"workspaces":["shop","other"]}',
    'shop/package.json': '{}',
    'shop/client.js': client,
    'shop/public/paid.js': "if (answer.state === 'Open') location.assign('/thank-you');\n",
    'shop/src/Paid.jsx': "export const Paid = ({ state }) => (state === 'Open' ? <p>Thanks</p> : null);\n",
    'shop/public/hours.js': "title.textContent = 'Open all day';\n",
    'shop/lib/door.js': "exports.isOpen = (door) => door.state === 'Open';\n",
    'other/package.json': '{}',
    'other/public/paid.js': "if (answer.state === 'Open') location.assign('/thank-you');\n",
  });
  expect(found).toEqual([
    'package.json',
    'shop/client.js',
    'shop/package.json',
    'shop/public/paid.js',
    'shop/src/Paid.jsx',
  ]);
});

it('takes tables of error codes that the files around a candidate load', async () => {
  const found = await select({
    'package.json': '{}',
    'client.js': client,
    'app.js': "require('./client');\nrequire('./errors');\nrequire('./codes');\n",
    'errors.js': 'module.exports = { RequestThrottled: 429, OrderReferenceNotModifiable: 409 };\n',
    'codes.js': 'module.exports = { RequestThrottled: 429, ConnectionLost: 502 };\n',
  });
  expect(found).toEqual(['app.js', 'client.js', 'errors.js', 'package.json']);
});
