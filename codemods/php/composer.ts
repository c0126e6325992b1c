import { parseTree, findNodeAtLocation } from 'jsonc-parser';
import { foreignLanguages } from '../../src/catalog/languages';
import type { Edit, FindingDraft, SourceUnit } from '../codemod';
import { addDependency, editBetween, removeMember } from '../dependencies/edit-manifest';
import { describePackage } from './legacy-sdk';

const { packages, v2 } = foreignLanguages.php;
const name = v2?.dependency ?? '';
/** The range that `composer require` is given. */
const range = v2?.install.slice(v2.install.lastIndexOf(':') + 1) ?? '';

/** The composer.json that a file belongs to: the nearest above it. */
function ownerOf(path: string, manifests: readonly SourceUnit[]): SourceUnit | undefined {
  const folder = (manifest: SourceUnit): string => manifest.path.slice(0, -'composer.json'.length);
  return manifests
    .filter((manifest) => path.startsWith(folder(manifest)))
    .sort((a, b) => b.path.length - a.path.length)[0];
}

/**
 * Requires the v2 SDK, in the way of writing of the legacy one, which leaves when nothing uses it any more. The lock file is
 * left to Composer.
 */
export function requireSdk(
  files: readonly SourceUnit[],
  changed: readonly string[],
  isGone: boolean,
): { readonly edits: readonly Edit[]; readonly findings: readonly FindingDraft[] } {
  const manifests = files.filter(({ path }) => /(?:^|\/)composer\.json$/.test(path));
  const owners = new Set(changed.flatMap((path) => ownerOf(path, manifests) ?? []));
  const edits: Edit[] = [];
  const findings: FindingDraft[] = [];
  for (const { path, text } of owners) {
    const root = parseTree(text);
    const required = root === undefined ? undefined : findNodeAtLocation(root, ['require']);
    const members = (required?.children ?? []).flatMap(({ offset, length, children }) => {
      const key: unknown = children?.[0]?.value;
      return typeof key === 'string' ? [{ key, place: { path, start: offset, end: offset + length } }] : [];
    });
    const legacy = members.filter(({ key }) => packages.some((row) => row.name === key));
    let next = text;
    if (legacy.length > 0 && !members.some(({ key }) => key === name)) {
      next = addDependency(next, 'require', name, range);
      // The place of the finding is the list, since that of the legacy package is a finding of its own.
      const list = required?.parent?.children?.[0];
      findings.push(missing({ path, start: list?.offset ?? 0, end: (list?.offset ?? 0) + (list?.length ?? 0) }));
    }
    if (isGone) {
      for (const { key, place } of legacy) {
        next = removeMember(next, ['require', key]);
        findings.push(describePackage(key, place));
      }
    }
    edits.push(...editBetween(path, text, next));
  }
  return { edits, findings };
}

const missing = (place: Pick<FindingDraft, 'path' | 'start' | 'end'>): FindingDraft => ({
  rule: 'php/v2-sdk',
  codemod: 'php',
  surface: 'other-language',
  automation: 'automatic',
  confidence: 'high',
  ...place,
  legacy: { name: 'composer.json' },
  replacement: { name },
  message: `Rewritten code needs ${name}.`,
  rewritten: true,
});
