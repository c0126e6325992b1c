import { parseTree, findNodeAtLocation } from 'jsonc-parser';
import { foreignLanguages } from '../../src/catalog/languages';
import type { Edit, FindingDraft, SourceUnit } from '../codemod';
import { addDependency, editBetween } from '../dependencies/edit-manifest';

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

/** Requires the v2 SDK beside the legacy one, in its way of writing. The lock file is left to Composer. */
export function requireSdk(
  files: readonly SourceUnit[],
  changed: readonly string[],
): { readonly edits: readonly Edit[]; readonly findings: readonly FindingDraft[] } {
  const manifests = files.filter(({ path }) => /(?:^|\/)composer\.json$/.test(path));
  const owners = new Set(changed.flatMap((path) => ownerOf(path, manifests) ?? []));
  const places = [...owners].flatMap((manifest) => {
    const root = parseTree(manifest.text);
    const required = root === undefined ? undefined : findNodeAtLocation(root, ['require']);
    const members = required?.children ?? [];
    const isLegacy = members.some(({ children }) => packages.some((row) => row.name === children?.[0]?.value));
    if (!isLegacy || members.some(({ children }) => children?.[0]?.value === name)) return [];
    // The place of the finding is the list, since that of the legacy package is a finding of its own.
    const list = required?.parent?.children?.[0];
    const place = { start: list?.offset ?? 0, end: (list?.offset ?? 0) + (list?.length ?? 0) };
    return [{ manifest, place }];
  });
  return {
    edits: places.flatMap(({ manifest: { path, text } }) =>
      editBetween(path, text, addDependency(text, 'require', name, range)),
    ),
    findings: places.map(({ manifest: { path }, place }) => ({
      rule: 'php/v2-sdk',
      codemod: 'php',
      surface: 'other-language',
      automation: 'automatic',
      confidence: 'high',
      path,
      ...place,
      legacy: { name: 'composer.json' },
      replacement: { name },
      message: `Rewritten code needs ${name}.`,
      rewritten: true,
    })),
  };
}
