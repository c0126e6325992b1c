import type { CodemodInput, FindingDraft, SourceUnit } from '../codemod';
import { directoryOf, hasLegacyServerCode } from './evidence';
import { readFormat } from './read-format';
import { isConfigurationModule } from './scan-script';
import { findNewNames, NEW_VARIABLES } from './recognise-key';

interface Anchor {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** The `"name"` of package.json, or its first character. */
function manifestAnchor({ files }: CodemodInput, directory: string): Anchor | undefined {
  const path = directory === '' ? 'package.json' : `${directory}/package.json`;
  const text = files.find((file) => file.path === path)?.text;
  if (text === undefined) return undefined;
  const start = Math.max(0, text.indexOf('"name"'));
  return {
    path,
    start,
    end: text.startsWith('"name"', start) ? start + '"name"'.length : Math.min(text.length, start + 1),
  };
}

/**
 * One finding for every package with legacy server code: v2 needs a key pair that no legacy setting holds. It stands at
 * the first legacy setting of the package, where the new ones belong, or at its package.json.
 */
export function requireCredentials(input: CodemodInput, settings: readonly FindingDraft[]): FindingDraft[] {
  const holders = new Map<string, string>();
  for (const unit of input.files.filter(hasLegacyServerCode)) {
    const directory = directoryOf(input.packages, unit.path);
    if (!holders.has(directory)) holders.set(directory, unit.path);
  }
  return [...holders].flatMap(([directory, codePath]) => {
    const own = settings.filter(
      ({ path, confidence }) => confidence !== 'low' && directoryOf(input.packages, path) === directory,
    );
    const setting = own.find(({ path }) => /(?:^|\/)\.env/.test(path)) ?? own[0];
    const anchor = setting ?? manifestAnchor(input, directory) ?? { path: codePath, start: 0, end: 1 };
    return missingVariables(input, directory, anchor);
  });
}

/** Where a variable counts as set; code that reads it does not set it. */
const isConfiguration = (unit: SourceUnit): boolean => {
  const format = readFormat(unit);
  return format === 'script' ? isConfigurationModule(unit.path) : format !== undefined;
};

/** What the legacy code decides itself stays decided by it, and only a shop with a button signs sessions. */
function readOnlyWhere(code: readonly SourceUnit[]): Readonly<Record<string, boolean>> {
  const all = code.map(({ text }) => text).join('\n');
  const readsEnvironment = hasOwnClient(code, all) || !DECIDES_ENVIRONMENT.test(all);
  const hasButton = BUTTON.test(all);
  return {
    AMAZON_PAY_REGION: readsEnvironment,
    AMAZON_PAY_SANDBOX: readsEnvironment,
    AMAZON_PAY_STORE_ID: hasButton,
    AMAZON_PAY_MERCHANT_ID: hasButton,
  };
}

/** A handler that reads notifications without a legacy client gets one of its own where none can be shared. */
function hasOwnClient(code: readonly SourceUnit[], all: string): boolean {
  if (/\bAMAZON_PAY_(?:REGION|SANDBOX)\b/.test(all)) return true;
  // A client parses the notification, or has been given to what fetches it.
  if (!code.some(({ text }) => /\bNotificationData\b/.test(text) && !PARSES.test(text))) return false;
  const last = [...all.matchAll(/\bNotificationData\b/g)].at(-1);
  return last !== undefined && !/\bparseSNSResponse\b/.test(all.slice(last.index));
}

const PARSES = /\bparseSNSResponse\b|\bfetch(?:Signed)?Notification/;

const DECIDES_ENVIRONMENT =
  /\bEnvironment\s*[.[]|\benvironment\s*[:=]|\bregion\s*[:=]|\bsandbox\s*[:=]|OffAmazonPayments(?:_Sandbox)?\/2013/;
const BUTTON =
  /\bOffAmazonPayments\.(?:Button|Widgets)\b|\bamazon\.Pay\b|\bcreateCheckoutSession\b|\bgenerateButtonSignature\b/;

const EXPLAINED: Readonly<Record<string, string>> = {
  AMAZON_PAY_PRIVATE_KEY: 'AMAZON_PAY_PRIVATE_KEY is the PEM itself and a secret.',
  AMAZON_PAY_STORE_ID: 'AMAZON_PAY_STORE_ID is the client id of Login with Amazon.',
  AMAZON_PAY_MERCHANT_ID: 'AMAZON_PAY_MERCHANT_ID is the seller id.',
};

function missingVariables(input: CodemodInput, directory: string, { path, start, end }: Anchor): FindingDraft[] {
  const configuration = input.files.filter(
    (file) => directoryOf(input.packages, file.path) === directory && isConfiguration(file),
  );
  const present = new Set(configuration.flatMap(({ text }) => [...findNewNames(text)]));
  const own = input.files.filter((file) => directoryOf(input.packages, file.path) === directory);
  // Declarations name every method of the SDK, whether the shop calls it or not.
  const code = own.filter((file) => !file.path.endsWith('.d.ts'));
  const isRead = readOnlyWhere(code);
  const missing = NEW_VARIABLES.map(({ name }) => name).filter((name) => !present.has(name) && isRead[name] !== false);
  if (missing.length === 0) return [];
  return [
    {
      ...{
        rule: 'configuration/new-credentials',
        codemod: 'configuration',
        surface: 'configuration',
        automation: 'manual',
        confidence: 'high',
      },
      ...{ path, start, end, rewritten: false },
      legacy: { name: 'MWS credentials' },
      replacement: { name: missing.join(', ') },
      message: `Migrated code needs settings that legacy code never had: ${missing.join(', ')}.`,
      guidance: [
        'Create a key pair in Seller Central and set these variables, or the same keys in your configuration module.',
        ...missing.flatMap((name) => EXPLAINED[name] ?? []),
      ].join(' '),
    },
  ];
}
