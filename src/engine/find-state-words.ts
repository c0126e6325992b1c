import type { PackageInfo } from '../../codemods/codemod';
import { answerRead, legacyReasonWords, legacyStateWords, onlyLegacyErrors, onlyLegacyStates } from '../catalog';
import { shortColumns } from '../../codemods/node-client/stored/short-columns';
import { isScript } from './check-syntax';
import { inPackagesAround } from './packages-around';

const TRANSLATIONS =
  /(?:^|\/)(?:locales?|i18n|l10n|lang|langs|languages?|translations?|messages|intl)(?:\/.*)?\/[^/]+\.json$|(?:^|\/)(?:locale|messages|translations?)[^/]*\.json$/i;

/** Words of legacy states that v2 does not have, as keys or in quotes. */
const WORDS = onlyLegacyStates.map((word) => new RegExp(`(?<![\\w.])${word}['"]?\\s*[:,\\]]`));
const speaksOfStates = (text: string): boolean => WORDS.filter((word) => word.test(text)).length >= 2;
/** The same of error codes, of which one may be another service's. */
const ERRORS = new RegExp(`\\b(?:${onlyLegacyErrors.join('|')})\\b`, 'g');
const speaksOfErrors = (text: string): boolean => new Set(text.match(ERRORS)).size >= 2;

/** What says which words a column of a database or a field of an API takes; nothing loads it, or a tool does by its folder. */
const SCHEMA =
  /\.(?:sql|ddl|prisma|graphqls?|gql|proto|avsc|raml)$|(?:^|\/)(?:[^/]*(?:openapi|swagger|asyncapi|schema)[^/]*|(?:openapi|swagger|asyncapi|schemas?)\/(?:.*\/)?[^/]+)\.(?:ya?ml|json)$/i;
const SCHEMA_SCRIPT =
  /(?:^|\/)(?:db|database|knex|sequelize|typeorm|prisma|drizzle|graphql|migrations?|schemas?|models?|entit(?:y|ies))\/(?:.*\/)?[^/]+\.[cm]?[jt]s$/i;
/** There they stand in parentheses, in lines of their own or in a row. */
const SCHEMA_WORDS = onlyLegacyStates.map((word) => new RegExp(`(?<![\\w.])${word}(?!\\w)`));
/** In a script they stand in lists, or in the text of an enumeration. */
const LISTED_WORDS = onlyLegacyStates.map(
  (word) => new RegExp(`(?<![\\w.])${word}['"\`]?\\s*(?:[:,\\])]|@|//|--|$)`, 'm'),
);
const ENUMERATION = /\benum\s+\w+\s*\{[^{},]{0,4000}\}/;
const constrainsStates = (path: string, text: string): boolean => {
  const words = !isScript(path) || ENUMERATION.test(text) ? SCHEMA_WORDS : LISTED_WORDS;
  return words.filter((word) => word.test(text)).length >= 2;
};

/** What nothing but legacy Amazon Pay has, in whichever package of the project it stands: a database is shared by all. */
const isOfAmazon = (path: string, text: string): boolean =>
  shortColumns(path, text).length > 0 || (!isScript(path) && answerRead.test(text));

/** Reasons as keys of texts. */
const REASONS = new RegExp(`"(?:${[...legacyReasonWords.keys()].join('|')})"\\s*:`, 'g');
const explainsReasons = (text: string): boolean => new Set(text.match(REASONS)).size >= 2;

/** Of the modules that the files around a candidate load, those that have words of states or errors: a table that all share. */
export const findStateWords = (paths: readonly string[], read: (path: string) => Buffer): string[] =>
  paths.filter((path) => {
    if (!isScript(path) && !path.endsWith('.json')) return false;
    const text = read(path).toString('latin1');
    return speaksOfStates(text) || speaksOfErrors(text);
  });

/** Files of translations, of the packages of these scripts, that have words of states or reasons. */
export function findTranslations(
  paths: readonly string[],
  scripts: readonly string[],
  packages: readonly PackageInfo[],
  read: (path: string) => Buffer,
): string[] {
  const isAround = inPackagesAround(scripts, packages);
  return paths.filter((path) => {
    if (!TRANSLATIONS.test(path) || !isAround(path)) return false;
    const text = read(path).toString('latin1');
    return speaksOfStates(text) || explainsReasons(text);
  });
}

/** Schemas of databases and APIs, and migrations, of the packages of these scripts, that have words of states, and all that name Amazon. */
export function findSchemas(
  paths: readonly string[],
  scripts: readonly string[],
  packages: readonly PackageInfo[],
  read: (path: string) => Buffer,
): string[] {
  const isAround = inPackagesAround(scripts, packages);
  return paths.filter((path) => {
    if (!SCHEMA.test(path) && !SCHEMA_SCRIPT.test(path)) return false;
    const text = read(path).toString('latin1');
    return isOfAmazon(path, text) || (isAround(path) && constrainsStates(path, text));
  });
}

const TEMPLATE = /\.(?:pug|jade|ejs|eta|hbs|handlebars|mustache|njk|nunjucks|liquid|html?|vue)$/i;
/** In quotes, or as keys of an object: in the text of a page they are just words. */
const TOLD = new RegExp(
  `(['"\`])(?:${[...new Set([...legacyStateWords.keys(), ...legacyReasonWords.keys(), ...onlyLegacyErrors])].join('|')}|\\w*(?:OrderReference|BillingAgreement)\\w*)\\1|\\{\\s*(?:${onlyLegacyStates.join('|')})\\s*:`,
);

/** Templates, of the packages of these scripts, that may test for words of legacy, and all that show parts of its answers. */
export function findTemplates(
  paths: readonly string[],
  scripts: readonly string[],
  packages: readonly PackageInfo[],
  read: (path: string) => Buffer,
): string[] {
  const isAround = inPackagesAround(scripts, packages);
  return paths.filter((path) => {
    if (!TEMPLATE.test(path)) return false;
    const text = read(path).toString('latin1');
    return answerRead.test(text) || (isAround(path) && TOLD.test(text));
  });
}

/** Scripts of pages by their folder or kind: no import connects them with the server whose answer they read. */
const PAGE_SCRIPT =
  /(?:^|\/)(?:public|static|assets|www|wwwroot|htdocs|client|front-?end|browser|web|webapp|storefront|theme|views|pages|components|js|javascripts?|scripts)\/(?:.*\/)?[^/]+\.[cm]?[jt]sx?$|\.[jt]sx$/i;

/** Scripts of pages, of the packages of these scripts, that may test what the server answers for words of legacy. */
export function findPageScripts(
  paths: readonly string[],
  scripts: readonly string[],
  packages: readonly PackageInfo[],
  read: (path: string) => Buffer,
): string[] {
  const isAround = inPackagesAround(scripts, packages);
  return paths.filter((path) => PAGE_SCRIPT.test(path) && isAround(path) && TOLD.test(read(path).toString('latin1')));
}
