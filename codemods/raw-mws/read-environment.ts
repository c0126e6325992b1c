import type { ts } from 'ts-morph';
import { addressChoices, type Choice } from './environment-choice';
import { blankComments } from './evidence';

/** One value, or one of two by a condition of environment variables. */
export type Decided<T> = T | { readonly condition: string; readonly yes: T; readonly no: T };

interface Fixed {
  readonly region: 'us' | 'eu' | 'jp';
  readonly sandbox: boolean;
}

/** What host and path of a hand-made client say. */
export interface MwsEnvironment {
  readonly region: Decided<Fixed['region']>;
  readonly sandbox: Decided<boolean>;
}

const HOST = /mws(-eu)?\.amazonservices\.(com|jp)/g;
const PATH = /OffAmazonPayments(_Sandbox)?\/2013-01-01(?=['"`\s\\?])/g;
/** `process.env.HOST || 'mws…'`, `live ? 'mws…' : …`: a literal that is only one of several. */
const IS_CHOICE = /(?:\|\||\?\?|\?|\?[^\n]*:)\s*['"`](?:https?:\/\/)?[^'"`\n]*(?:amazonservices|OffAmazonPayments)/;

/** Region and environment of code that names one host and one path, whole and without a choice. */
function fixedIn(code: string): Fixed | undefined {
  const hosts = new Set([...code.matchAll(HOST)].map(([host]) => host));
  const paths = new Set([...code.matchAll(PATH)].map(([path]) => path));
  const [host] = hosts;
  const [path] = paths;
  if (hosts.size !== 1 || paths.size !== 1 || host === undefined || path === undefined) return undefined;
  const unread = code.replace(PATH, '');
  if (/OffAmazonPayments|_Sandbox/.test(unread) || IS_CHOICE.test(code)) return undefined;
  const region = host.endsWith('.jp') ? 'jp' : host.startsWith('mws-eu') ? 'eu' : 'us';
  return { region, sandbox: path.includes('_Sandbox') };
}

/** The code with one of its choices made. */
const made = (code: string, choices: readonly Choice[], isYes: (choice: Choice) => boolean): string =>
  [...choices]
    .sort((a, b) => b.start - a.start)
    .reduce(
      (text, each) => text.slice(0, each.start) + (isYes(each) ? each.yes : each.no) + text.slice(each.end),
      code,
    );

/**
 * Region and environment that the file of a client decides: it names one host and one path, or chooses between two by a
 * condition that can be asked anywhere. Undefined otherwise: then something else decides, and a guess could turn test payments
 * into real ones.
 */
export function decidesEnvironment(source: ts.SourceFile): MwsEnvironment | undefined {
  const code = blankComments(source.text);
  const choices = addressChoices(source);
  if (choices === undefined || choices.length === 0) return fixedIn(code);
  const conditions = [...new Set(choices.map(({ condition }) => condition))];
  const [condition] = conditions;
  // Two conditions have four outcomes, of which some may never have been meant.
  if (conditions.length !== 1 || condition === undefined) return undefined;
  const yes = fixedIn(made(code, choices, () => true));
  const no = fixedIn(made(code, choices, () => false));
  if (yes === undefined || no === undefined) return undefined;
  const decide = <T>(one: T, other: T): Decided<T> => (one === other ? one : { condition, yes: one, no: other });
  return { region: decide(yes.region, no.region), sandbox: decide(yes.sandbox, no.sandbox) };
}
