import { legacyPackages } from '../../src/catalog';
import { patchFile } from '../../src/catalog/tool-files';
import { escapePattern } from '../../transforms/escape-pattern';
import type { CodemodInput, FindingDraft, SourceUnit } from '../codemod';
import { SDK_PACKAGE } from './known-packages';
import { judgeNaming } from './tells-tool';

const NAMES = Object.keys(legacyPackages)
  .sort((one, other) => other.length - one.length)
  .map(escapePattern)
  .join('|');
/** A module specifier or a pattern of one; a file of the project, which may have such a name, is neither, nor is a domain. */
const BEGINS = String.raw`(?:(?<![\w@./-])|(?<=node_modules\\*/)|(?<=[\s[(,:=]/))`;
/** `/^amazon-pay/`, `startsWith('amazon-pay')`: the SDK has another beginning, so it is not meant any more. */
const PREFIX = String.raw`(?<=\^|\.startsWith\(['"\x60])amazon-?(?:pay-?)?(?=[/'"\x60.*\\(\[])`;
/** `matchPackagePrefixes: ['amazon-pay']` of Renovate. */
const LISTED_PREFIX = String.raw`(?<=matchPackagePrefixes['"]?\s{0,9}:\s{0,9}\[[^\]]{0,200}['"])amazon-?(?:pay-?)?(?=['"])`;
const GLOBAL = String.raw`(?<![\w.])OffAmazonPayments(?![\w.[])`;
const NAMED = new RegExp(`${BEGINS}(?:${NAMES})(?![\\w-]|\\.\\w)|${PREFIX}|${LISTED_PREFIX}|${GLOBAL}`, 'g');
const COMMENT = /^[ \t]*(?:\/\/|#|\*|\/\*)/;
/** What loads a module or stands in for one is listed where it does. */
const LOADED = /(?:\b(?:require|import|resolve|\w*[mM]ock|requireActual)\s*\(\s*|\bfrom\s+|\bimport\s+)['"`]$/;
/** Characters on each side. */
const SHOWN = 40;

/** A line that names packages more often is one of a bundle. */
const MOST_PLACES = 100;
/** Longer than any indentation. */
const LEAD = 400;
/** How far before a name the word that loads it may begin. */
const REACH = 40;

/** What was seen of one line so far. */
interface Line {
  readonly end: number;
  readonly isComment: boolean;
  readonly named: Set<string>;
  looks: number;
}

function lineAround(text: string, place: number): Line {
  const start = text.lastIndexOf('\n', place) + 1;
  const end = text.indexOf('\n', place);
  const isComment = COMMENT.test(text.slice(start, start + LEAD));
  return { end: end === -1 ? text.length : end, isComment, named: new Set(), looks: 0 };
}

const isPackage = (name: string): boolean => legacyPackages[name] !== undefined || name === 'OffAmazonPayments';

/** A shop calls its means of payment `amazonpay`; the package of this name is meant where one depends on it. */
const isMeant = (name: string, { packages }: CodemodInput): boolean =>
  name !== 'amazonpay' || packages.some(({ dependencies }) => dependencies.has(name));

interface Place {
  readonly name: string;
  readonly start: number;
  readonly confidence: FindingDraft['confidence'];
}

function placesIn(unit: SourceUnit): Place[] {
  const { text } = unit;
  const judge = judgeNaming(unit);
  if (judge === undefined) return [];
  let line: Line | undefined;
  return [...text.matchAll(NAMED)].flatMap(({ 0: name, index: start }) => {
    if (line === undefined || line.end < start) line = lineAround(text, start);
    if (line.isComment || line.named.has(name) || line.looks === MOST_PLACES) return [];
    if (LOADED.test(text.slice(Math.max(0, start - REACH), start))) return [];
    line.looks += 1;
    const confidence = judge(start, start + name.length);
    if (confidence === undefined) return [];
    line.named.add(name);
    // What a beginning means besides is not known.
    return [{ name, start, confidence: isPackage(name) ? confidence : 'medium' }];
  });
}

const describe = (path: string, { name, start, confidence }: Place, end: number, message: string): FindingDraft => ({
  ...{ codemod: 'dependencies', surface: 'dependency', rule: 'dependency/named-package' },
  ...{ automation: 'manual', confidence, rewritten: false },
  ...{ path, start, end, message },
  legacy: { name },
  replacement: name === 'OffAmazonPayments' ? { name: 'amazon' } : { name: SDK_PACKAGE },
});

/** What stands on the line around a name, without the length of a minified one. */
function quote(text: string, start: number, name: string): string {
  const end = start + name.length;
  const before = text.slice(Math.max(0, start - SHOWN), start).replace(/^[^]*\n/, '');
  const after = text.slice(end, end + SHOWN).replace(/\r?\n[^]*$/, '');
  return (before + name + after).trim();
}

function told(text: string, start: number, name: string): string {
  const place = quote(text, start, name);
  if (name === 'OffAmazonPayments')
    return `OffAmazonPayments is the global of Widgets.js, and checkout.js has the global amazon: ${place}`;
  if (legacyPackages[name] === undefined)
    return `What begins with ${name} is meant, and the name of the v2 SDK begins with @amazonpay/: ${place}`;
  return text.includes(SDK_PACKAGE)
    ? `${name} is still named beside the v2 SDK: ${place}`
    : `${name} is named here, and ${SDK_PACKAGE}, which migrated code loads, is not: ${place}`;
}

/** Patches of the legacy package, which a package manager refuses to apply when the package is gone. */
function patchOf({ path }: SourceUnit): FindingDraft[] {
  const name = patchFile.exec(path)?.[1]?.replace('+', '/');
  if (name === undefined || legacyPackages[name] === undefined) return [];
  const message = `This patch is for ${name}, which the migrated code does not load: what it mends is to be looked for in v2.`;
  return [{ ...describe(path, { name, start: 0, confidence: 'high' }, 0, message), replacement: null }];
}

/**
 * Lists what tells a tool about a legacy package by its name: externals of bundlers, modules that a test runner maps, patches,
 * what bots leave alone. With the SDK under another name it would be bundled, transformed or updated as nobody meant it.
 */
export function findNamedPackages(input: CodemodInput, listed: readonly FindingDraft[]): FindingDraft[] {
  const isListed = (path: string, start: number): boolean =>
    listed.some((each) => each.path === path && each.start <= start && start < each.end);
  return input.files.flatMap((unit) => [
    ...placesIn(unit)
      .filter(({ name, start }) => isMeant(name, input) && !isListed(unit.path, start))
      .map((place) =>
        describe(unit.path, place, place.start + place.name.length, told(unit.text, place.start, place.name)),
      ),
    ...patchOf(unit),
  ]);
}
