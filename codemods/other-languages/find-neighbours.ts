import { foreignLanguageOf, foreignLanguages, templateKinds, type ForeignLanguage } from '../../src/catalog/languages';
import { legacyMethods } from './legacy-methods';
import { hasModules, importsIn, ModulePaths, type NamedText } from './module-paths';

/** Code that has a class of a legacy SDK in its hands. */
const HOLDS =
  /\bAmazonPay(?:\\|::|[.;])|PayWithAmazon|OffAmazonPayments|\bamazon_pay\.|\bfrom amazon_pay\b|\bpay_with_amazon\b|\bcom\.amazon\.pay\.(?!api\b)|paywithamazon|amazon-pay-sdk-go/;
/** What other files may name: classes, modules of Ruby, aliases of C#, constants. */
const DECLARED =
  /\b(?:class|interface|trait|struct|type|module|global using)\s+([A-Z]\w{2,})|^[ \t]*([A-Z][A-Z0-9_]{2,})\s*(?:\|\|)?=(?![=~])/gm;
/** What is given a client, and named with what it belongs to: `config.client`. */
const GIVEN = /(\$?[A-Za-z_]\w{2,})\s*(?:\|\|)?=\s*(?:::)?(?:AmazonPay|PayWithAmazon)::/g;
/** Words of many files; what is named so is not followed. */
const MAX_NAMES = 200;
/** How often a client is handed on from file to file. */
const MAX_STEPS = 3;

const allOf = (texts: readonly NamedText[], pattern: RegExp): string[] => [
  ...new Set(texts.flatMap(({ text }) => [...text.matchAll(pattern)].flatMap(([, one, other]) => one ?? other ?? []))),
];

const namingAny = (names: readonly string[], before: string): RegExp | undefined =>
  names.length === 0 || names.length > MAX_NAMES
    ? undefined
    : new RegExp(`${before}(?:${names.map((name) => name.replace('$', '\\$')).join('|')})\\b`);
const ALONE = '(?<![\\w$])';

/** A call by the name of a legacy method. */
const callOf = (language: ForeignLanguage): RegExp =>
  new RegExp(`(?:->|::|\\.)\\s*(?:${[...legacyMethods(language).keys()].join('|')})\\b`);

/** By a class that keeps a client (first step), or by one that hands it on (second step, only with a call). */
function byNames(language: ForeignLanguage, holders: readonly NamedText[], own: readonly NamedText[]): string[] {
  const call = callOf(language);
  const [classes, given] = [allOf(holders, DECLARED), allOf(holders, GIVEN)];
  const first = namingAny(classes, ALONE);
  const member = namingAny(given, given.some((name) => name.startsWith('$')) ? '' : '[.@]');
  const near = own.filter(({ text }) => first?.test(text) === true || (member?.test(text) === true && call.test(text)));
  const second = namingAny(allOf(near, DECLARED), ALONE);
  const far = second === undefined ? [] : own.filter(({ text }) => call.test(text) && second.test(text));
  return [...near, ...far].map(({ path }) => path);
}

/** The language of a file by its name; which pages of HTML hold PHP, only their text says. */
function languageOf(path: string): ForeignLanguage | undefined {
  const template = templateKinds.find(({ files, has }) => has === undefined && files.test(path));
  return template === undefined ? foreignLanguageOf(path) : foreignLanguages[template.language];
}

const folderOf = (path: string): string => path.replace(/[^/]*$/, '');

/** By imports, from file to file; after the first step only where a method of a legacy name is used. */
function byImports(
  language: ForeignLanguage,
  holders: readonly NamedText[],
  own: readonly NamedText[],
  known: readonly NamedText[],
): string[] {
  const method = new RegExp(`\\b(?:${[...legacyMethods(language).keys()].join('|')})\\b`);
  const paths = [...known, ...own].map(({ path }) => path).filter((path) => language.files.test(path));
  const modules = new ModulePaths(language.name, paths, known);
  const imported = new Map(
    own.map(({ path, text }) => [
      path,
      importsIn(language.name, text).flatMap((target) => modules.resolve(path, target)),
    ]),
  );
  const found = new Set(holders.map(({ path }) => path));
  const folders = new Set(language.name === 'go' ? [...found].map(folderOf) : []);
  // Files of a package of Go know its names without an import.
  for (const { path } of own) if (folders.has(folderOf(path))) found.add(path);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const near = own.filter(
      ({ path, text }) =>
        !found.has(path) &&
        (step === 0 || method.test(text) || path.endsWith('__init__.py')) &&
        imported.get(path)?.some((target) => found.has(target)),
    );
    for (const { path } of near) found.add(path);
  }
  return [...found];
}

/**
 * Files that hold no word of legacy Amazon Pay, and yet may use it: they import what holds a client, or name its class.
 *
 * @param others files of all languages, which are read only where there is something to look for
 */
export function findNeighbours(
  known: readonly NamedText[],
  others: readonly string[],
  textOf: (path: string) => string,
): string[] {
  const all = known.filter(({ text }) => HOLDS.test(text));
  const languages = new Set(all.flatMap(({ path }) => languageOf(path) ?? []));
  const outside = new Set(others);
  return [...languages].flatMap((language) => {
    const holders = all.filter(({ path }) => languageOf(path) === language);
    const own = others.filter((path) => languageOf(path) === language).map((path) => ({ path, text: textOf(path) }));
    const near = [
      ...byNames(language, holders, own),
      ...(hasModules(language.name) ? byImports(language, holders, own, known) : []),
    ];
    return [...new Set(near)].filter((path) => outside.has(path));
  });
}
