import type { FindingDraft } from '../../codemods/codemod';
import { browserMarkers, paymentReports, sellerSections, strongMarkers, weakBrowserMarkers } from '../catalog';
import { escapePattern } from '../../transforms/escape-pattern';
import { foreignLanguageOf } from '../catalog/languages';
import type { CodemodEntry } from './codemod-list';
import type { LoadedFile } from './loaded-file';

/** A name for `--only` and `--skip` like those of the codemods. */
export const UNCLAIMED = { name: 'unclaimed', surfaces: [] } as const satisfies Pick<CodemodEntry, 'name' | 'surfaces'>;

const PROSE =
  /\.(?:md|markdown|txt|rst|adoc|log|csv|lock|patch|diff|orig|rej)$|(?:^|\/)(?:LICENSE|CHANGELOG|README)[^/]*$/i;
const SCRIPT = /\.[cm]?[jt]sx?$/;
/** Configuration has rules of its own, which know what a key means. */
const CONFIGURATION =
  /\.(?:json|ya?ml|toml|ini|properties|tf|tfvars|(?:cs|vb|fs)proj|props|targets|nuspec|slnx?)$|(?:^|\/)(?:\.env|packages\.config$)|lock\.json$/i;

const BROWSER = /OffAmazonPayments\.(?:Button|Widgets)|Widgets\.js|onAmazon(?:Login|Payments)Ready|amazon\.Login/;

const NAMED_IN_SCRIPT = /OffAmazonPayments|onAmazon(?:Login|Payments)Ready/;
const IN_SCRIPT = /\bOffAmazonPayments\s*[.[]|\bonAmazon(?:Login|Payments)Ready\b/;

/** Code of a script without its comments and strings: what is only mentioned there is no use. */
const codeOf = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (match) =>
    match.replace(/[^\n]/g, ' '),
  );

/** What v2 code, and the login of a site, has as well says nothing by itself. */
const isTelling = (marker: string): boolean =>
  !weakBrowserMarkers.includes(marker) &&
  marker !== 'completeCheckoutSession' &&
  !/^(?:TODO|startsWith)\(/.test(marker);
/** An address of MWS with a section of marketplace sellers is none of Amazon Pay, nor is a namespace within that of another. */
const TELLING = new RegExp(
  [
    `(?<!\\w\\\\{1,2})(?!mws(?:-eu)?\\.amazonservices\\.[\\w.]+${sellerSections})(?:${strongMarkers.filter(isTelling).map(escapePattern).join('|')})`,
    paymentReports,
  ].join('|'),
);
/** What a page of browser code has no use for: the server side of the same file. Its names of SDKs begin like the global. */
const SERVER = new RegExp(
  // getAmazonOrderReferenceId is a method of the widgets.
  `(?<![A-Za-z])(?:${[
    ...strongMarkers
      .filter((marker) => isTelling(marker) && !browserMarkers.includes(marker) && !/^amazon[A-Z]\w+Id$/.test(marker))
      .map(escapePattern),
    'OffAmazonPayments(?:_|Service|\\\\)',
  ].join('|')})`,
);

/** What of a file in another language is no code: the page that PHP writes. */
const pageOf = (path: string, text: string): string =>
  foreignLanguageOf(path)?.name === 'php'
    ? text.replace(/<\?(?:php|=)[\s\S]*?(?:\?>|$)/g, (code) => code.replace(/[^\n]/g, ' '))
    : '';

/** The place in a file that holds legacy code, or undefined when it only speaks of it. */
function placeIn({ path, text, marker }: LoadedFile, pattern: RegExp): { start: number; end: number } | undefined {
  if (marker === null || PROSE.test(path) || CONFIGURATION.test(path)) return undefined;
  // Its code is read by its syntax; the page around it is not.
  const shown = foreignLanguageOf(path) === undefined ? text : pageOf(path, text);
  const match = !SCRIPT.test(path)
    ? pattern.exec(shown)
    : NAMED_IN_SCRIPT.test(text)
      ? IN_SCRIPT.exec(codeOf(text))
      : null;
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

/**
 * Files with legacy code that no codemod said anything about: browser widgets and other languages. They are listed, so that
 * nobody takes silence for being done.
 */
export function findUnclaimed(files: readonly LoadedFile[], drafts: readonly FindingDraft[]): FindingDraft[] {
  const claimed = new Set(drafts.filter(({ surface }) => surface !== 'browser').map(({ path }) => path));
  const pages = new Set(drafts.filter(({ surface }) => surface === 'browser').map(({ path }) => path));
  return files.flatMap((file): FindingDraft[] => {
    const isPage = pages.has(file.path);
    // The scripts of a page are listed one by one; what its server does is not.
    const isClaimed = claimed.has(file.path) || (isPage && SCRIPT.test(file.path));
    const place = isClaimed ? undefined : placeIn(file, isPage ? SERVER : TELLING);
    if (place === undefined || file.marker === null) return [];
    const name = file.text.slice(place.start, place.end);
    const isBrowser = !isPage && BROWSER.test(file.text);
    const isText = !isBrowser && !SCRIPT.test(file.path) && foreignLanguageOf(file.path) === undefined;
    return [
      {
        rule: 'unclaimed/legacy-code',
        codemod: 'unclaimed',
        surface: isBrowser ? 'browser' : 'other-language',
        automation: 'manual',
        confidence: isText ? 'low' : 'medium',
        path: file.path,
        ...place,
        legacy: { name },
        replacement: null,
        message: isText
          ? `${name} is a name of legacy Amazon Pay. Files of this kind are read by their text only, so this is the one finding for the whole file.`
          : `${name}: ${isBrowser ? 'browser code' : 'code'} of legacy Amazon Pay that this version lists and does not rewrite.`,
        rewritten: false,
      },
    ];
  });
}
