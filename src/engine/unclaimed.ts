import type { FindingDraft } from '../../codemods/codemod';
import type { CodemodEntry } from './codemod-list';
import type { LoadedFile } from './loaded-file';

/** A name for `--only` and `--skip` like those of the codemods. */
export const UNCLAIMED = { name: 'unclaimed', surfaces: [] } as const satisfies Pick<CodemodEntry, 'name' | 'surfaces'>;

const PROSE =
  /\.(?:md|markdown|txt|rst|adoc|log|csv|lock|patch|diff|orig|rej)$|(?:^|\/)(?:LICENSE|CHANGELOG|README)[^/]*$/i;
const SCRIPT = /\.[cm]?[jt]sx?$/;
/** Configuration has rules of its own, which know what a key means. */
const CONFIGURATION = /\.(?:json|ya?ml|toml|ini|properties|tf|tfvars)$|(?:^|\/)\.env|lock\.json$/i;

const BROWSER = /OffAmazonPayments\.(?:Button|Widgets)|Widgets\.js|onAmazon(?:Login|Payments)Ready|amazon\.Login/;

/** Code of a script without its comments and strings: what is only mentioned there is no use. */
const codeOf = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (match) =>
    match.replace(/[^\n]/g, ' '),
  );

/** The place in a file that holds legacy code, or undefined when it only speaks of it. */
function placeIn({ path, text, marker }: LoadedFile): { start: number; end: number } | undefined {
  if (marker === null || PROSE.test(path) || CONFIGURATION.test(path)) return undefined;
  const pattern = SCRIPT.test(path)
    ? /\bOffAmazonPayments\s*[.[]|\bonAmazon(?:Login|Payments)Ready\b/
    : new RegExp(marker.marker.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const match = pattern.exec(SCRIPT.test(path) ? codeOf(text) : text);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

/**
 * Files with legacy code that no codemod said anything about: browser widgets and other languages. They are listed, so that
 * nobody takes silence for being done.
 */
export function findUnclaimed(files: readonly LoadedFile[], drafts: readonly FindingDraft[]): FindingDraft[] {
  const claimed = new Set(drafts.map(({ path }) => path));
  return files.flatMap((file): FindingDraft[] => {
    const place = claimed.has(file.path) ? undefined : placeIn(file);
    if (place === undefined || file.marker === null) return [];
    const isBrowser = BROWSER.test(file.text);
    return [
      {
        rule: 'unclaimed/legacy-code',
        codemod: 'unclaimed',
        surface: isBrowser ? 'browser' : 'other-language',
        automation: 'manual',
        confidence: 'medium',
        path: file.path,
        ...place,
        legacy: { name: file.marker.marker },
        replacement: null,
        message: `${file.marker.marker}: ${isBrowser ? 'browser code' : 'code'} of legacy Amazon Pay that this version lists and does not rewrite.`,
        rewritten: false,
      },
    ];
  });
}
