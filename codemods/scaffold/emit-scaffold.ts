import type { NewFile } from '../codemod';
import { emitHelper, emitSdkDeclarations, SDK_DECLARATIONS_FILE, type HelperFormat } from '../emitted-helper';
import { readExisting } from '../emitted-helper/read-existing';
import { detectStyle } from '../rewriting/style';
import type { HelperFunction } from '../v2-request/types';
import { fill } from './fill';
import { frameworks } from './frameworks';
import type { LegacyCheckout } from './legacy/read-legacy';
import type { Project } from './read-project';
import { CHECKOUT } from './sources/checkout';
import { checkoutFlow } from './sources/checkout-flow';
import { fillOrders } from './sources/orders';
import { flowTests } from './sources/flow-tests';
import { writeModule, type ModuleForm } from './write-module';
import { isTypeScript } from '../rewriting/is-type-script';

const FOLDER = 'amazon-pay';
const MARK = 'Written by amazon-pay-migrate --scaffold';
/** Currency of the account where no address of Widgets.js told it. */
const LEDGER_OF_REGION = { us: 'USD', eu: 'EUR', jp: 'JPY' } as const;

/** Whether an earlier run has written the scaffold; it is the merchant's since. */
export const hasMark = ({ text }: { readonly text: string }): boolean => text.includes(MARK);

/** The currency of the account, as far as the legacy code says it. */
export const ledgerOf = ({ ledgerCurrency, region }: LegacyCheckout): string =>
  ledgerCurrency ?? LEDGER_OF_REGION[region];

const directoryOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');
const join = (...parts: string[]): string => parts.filter((part) => part !== '').join('/');

interface Place {
  readonly directory: string;
  readonly extension: string;
  readonly form: ModuleForm;
}

export interface Scaffold {
  readonly newFiles: readonly NewFile[];
  /** The module that answers the requests. */
  readonly routes: NewFile;
}

/** Writes all files of the scaffold. */
export function emitScaffold(project: Project, legacy: LegacyCheckout): Scaffold {
  const { directory, extension, form } = placeScaffold(project);
  const { adapter } = frameworks[project.framework];
  const write = (name: string, source: string): NewFile => ({
    path: `${join(directory, name)}${extension}`,
    text: writeModule(source, form),
  });
  const helper = placeSending(project, directory, extension, form, legacy.isRecurring);
  const flow = checkoutFlow({ isRecurring: legacy.isRecurring, send: helper.specifier, scopes: legacy.scopes });
  const routes = adapter.mount === null ? writeRoute(project, directory, form) : write(adapter.module, adapter.source);
  return {
    routes,
    newFiles: [
      write('checkout', fillCheckout(legacy, helper.specifier)),
      write('checkout-flow', flow),
      write('orders', fillOrders(legacy, adapter.requestType)),
      routes,
      ...writeEntry(project, routes, extension, form),
      ...helper.newFiles,
      writeTest(project, legacy, directory, extension, form),
      ...declarations(project, directory, form),
    ],
  };
}

/** For the runner that the project has, which looks into every test that it finds. */
function writeTest(
  { testRunner }: Project,
  { isRecurring }: LegacyCheckout,
  directory: string,
  extension: string,
  form: ModuleForm,
): NewFile {
  const source = flowTests({ runner: testRunner, isRecurring });
  // vitest is no CommonJS module, and can be loaded by none.
  const isModule = testRunner === 'vitest' && form.format === 'commonjs';
  const ownForm: ModuleForm = isModule ? { ...form, format: 'esm', importEnding: extension } : form;
  return {
    path: `${join(directory, 'checkout-flow.test')}${isModule ? '.mjs' : extension}`,
    text: writeModule(source, ownForm),
  };
}

/** Where Next looks for its pages: in `src` when the project has them there. */
const homeOf = ({ info, framework, files }: Project): string => {
  const isBelowSource = files.some(({ path }) =>
    /^src\/(?:app|pages)\//.test(path.slice(join(info.directory, ' ').length - 1)),
  );
  return join(info.directory, framework.startsWith('next') && isBelowSource ? 'src' : '');
};

/** The file at a place that the framework knows, which hands on to the routes. */
function writeEntry(project: Project, routes: NewFile, extension: string, form: ModuleForm): NewFile[] {
  const { entry } = frameworks[project.framework].adapter;
  if (entry === undefined) return [];
  const path = join(homeOf(project), `${entry.module.slice(1)}${extension}`);
  const specifier = relative(directoryOf(path), routes.path).slice(0, -extension.length);
  return [{ path, text: writeModule(fill(entry.source, { routes: specifier }), form) }];
}

/** The file whose path is the path of the endpoints. */
function writeRoute(project: Project, directory: string, form: ModuleForm): NewFile {
  const { adapter } = frameworks[project.framework];
  const path = join(homeOf(project), adapter.module.slice(1));
  const from = directoryOf(path);
  const source = fill(adapter.source, {
    checkout: relative(from, `${directory}/checkout`),
    flow: relative(from, `${directory}/checkout-flow`),
  });
  return { path: `${path}${form.format === 'typescript' ? '.ts' : '.js'}`, text: writeModule(source, form) };
}

function placeScaffold({ info, app, files, framework }: Project): Place {
  const sample = app ?? files[0];
  const text = sample?.text ?? '';
  const style = detectStyle(text);
  const isBelowSource = files.some(({ path }) => path.startsWith(join(info.directory, 'src/')));
  const home = app !== undefined ? directoryOf(app.path) : isBelowSource ? join(info.directory, 'src') : info.directory;
  // A folder of this name that holds other things stays as it is.
  const isForeign = files.some(({ path }) => path.startsWith(`${join(home, FOLDER)}/`));
  const directory = join(home, isForeign ? `${FOLDER}-checkout` : FOLDER);
  if (frameworks[framework].adapter.mount === null) {
    // A bundler puts it together, and Node runs the tests: for that, JavaScript has to say that it is a module.
    const format = info.usesTypeScript ? 'typescript' : 'esm';
    const extension = info.usesTypeScript ? '.ts' : '.mjs';
    return { directory, extension, form: { format, importEnding: info.usesTypeScript ? '' : extension, style } };
  }
  const format = formatOf(info.usesTypeScript, app?.path, text, info.moduleType);
  const isMismatched = format !== 'typescript' && (format === 'esm') !== (info.moduleType === 'module');
  const forced = /\.([cm])[jt]s$/.exec(app?.path ?? '')?.[1] ?? '';
  const letter = format === 'typescript' ? forced : isMismatched && format === 'commonjs' ? 'c' : forced;
  const extension = `.${letter}${format === 'typescript' ? 'ts' : 'js'}`;
  const writesEndings = info.moduleType === 'module' || /from\s+['"]\.[^'"]*\.js['"]/.test(text) || letter !== '';
  const isWritten = format === 'commonjs' ? letter !== '' : format === 'esm' || writesEndings;
  return {
    directory,
    extension,
    form: { format, importEnding: isWritten ? extension.replace('ts', 'js') : '', style },
  };
}

function formatOf(
  usesTypeScript: boolean,
  app: string | undefined,
  text: string,
  moduleType: 'commonjs' | 'module',
): HelperFormat {
  if (app === undefined ? usesTypeScript : isTypeScript(app)) return 'typescript';
  if (/\brequire\(['"]/.test(text)) return 'commonjs';
  return moduleType === 'module' || /^import\b/m.test(text) ? 'esm' : 'commonjs';
}

interface Sending {
  readonly specifier: string;
  readonly newFiles: readonly NewFile[];
}

/** Retry and errors: from the helper of the project when it has them all, else from a file of their own. */
function placeSending(
  { files }: Project,
  directory: string,
  extension: string,
  form: ModuleForm,
  isRecurring: boolean,
): Sending {
  const functions: HelperFunction[] = [
    'withRetry',
    'send',
    ...(isRecurring ? (['sendCharge', 'idempotencyKey'] as const) : []),
  ];
  const helper = files.find(({ path, text }) => {
    const isLoadable = path.endsWith(`amazon-pay-v2${extension}`);
    return isLoadable && functions.every((name) => readExisting(text).exported.has(name));
  });
  if (helper !== undefined)
    return { specifier: relative(directory, helper.path).slice(0, -extension.length), newFiles: [] };
  const text = emitHelper({ format: form.format, functions: new Set(functions), ...form.style });
  return { specifier: './send', newFiles: [{ path: join(directory, `send${extension}`), text }] };
}

function relative(from: string, to: string): string {
  const [base, target] = [from.split('/'), to.split('/')];
  const shared = base.findIndex((part, index) => target[index] !== part);
  const common = shared === -1 ? base.length : shared;
  return `${'../'.repeat(base.length - common) || './'}${target.slice(common).join('/')}`;
}

function fillCheckout(legacy: LegacyCheckout, send: string): string {
  const todo =
    '  // TODO(amazon-pay-v2) scaffold/ledger-currency: the currency of your Amazon Pay account, USD, EUR, GBP or JPY\n';
  return fill(CHECKOUT, {
    send,
    region: legacy.region,
    shopUrl: 'AMAZON_PAY_SHOP_URL',
    ledger: `${legacy.ledgerCurrency === undefined ? todo : ''}  ledgerCurrency: '${ledgerOf(legacy)}',\n`,
  });
}

/** Amazon's SDK has no types; one declaration of them in a project is enough. */
function declarations({ files }: Project, directory: string, form: ModuleForm): NewFile[] {
  if (form.format !== 'typescript' || files.some(({ path }) => path.endsWith(SDK_DECLARATIONS_FILE))) return [];
  return [{ path: join(directory, SDK_DECLARATIONS_FILE), text: emitSdkDeclarations(form.style) }];
}
