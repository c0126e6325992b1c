import { analyse } from '../../../codemods/typed-program/analyse';
import { ProgramBuilder } from '../../../codemods/typed-program/program';
import { emit, ALL_FUNCTIONS } from '../emitted-helper/emit';

const shops = {
  commonjs: `const AmazonPay = require('amazon-payments');
const { besideLegacy } = require('./amazon-pay-v2');
const client = besideLegacy(AmazonPay.connect({}), {});
client.offAmazonPayments.refund({}, () => undefined);
`,
  esm: `import AmazonPay from 'amazon-payments';
import { besideLegacy } from './amazon-pay-v2.js';
const client = besideLegacy(AmazonPay.connect({}), {});
client.offAmazonPayments.refund({}, () => undefined);
`,
} as const;

// What a second run, and the check of the first one, read: a program costs as much as half of a whole migration.
it.each(['commonjs', 'esm'] as const)('knows the types of the emitted helper, so that %s is typed once', (format) => {
  const built = jest.spyOn(ProgramBuilder.prototype, 'build');
  const files = [
    { path: 'amazon-pay-v2.js', text: emit(ALL_FUNCTIONS, { format }), language: 'javascript' as const },
    { path: 'pay.js', text: shops[format], language: 'javascript' as const },
  ];
  const { checker, files: typed } = analyse(files, { packages: [] });
  expect(built).toHaveBeenCalledTimes(1);
  const pay = typed.find(({ unit }) => unit.path === 'pay.js')?.source;
  const [statement] = pay?.statements.slice(2) ?? [];
  const declared = checker.getSymbolsInScope(statement!, 2).find(({ name }) => name === 'client');
  expect(checker.typeToString(checker.getTypeOfSymbol(declared!))).toMatch(/^(AmazonPayLegacy\.)?Client$/);
  built.mockRestore();
});
