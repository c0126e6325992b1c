import { parseTree, findNodeAtLocation } from 'jsonc-parser';
import { phpPackages } from '../../src/catalog/php';
import type { Edit, FindingDraft, SourceUnit } from '../codemod';

const { name, range } = phpPackages.v2;

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
    const legacy = members.find(({ children }) =>
      (phpPackages.legacy as readonly string[]).includes(String(children?.[0]?.value)),
    );
    if (legacy === undefined || members.some(({ children }) => children?.[0]?.value === name)) return [];
    // The place of the finding is the list, since that of the legacy package is a finding of its own.
    const list = required?.parent?.children?.[0];
    const place = { start: list?.offset ?? 0, end: (list?.offset ?? 0) + (list?.length ?? 0) };
    return [{ manifest, before: legacy.offset, place }];
  });
  return {
    edits: places.map(({ manifest: { path, text }, before: start }) => {
      const indent = /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? '';
      const eol = text.includes('\r\n') ? '\r\n' : '\n';
      const separator = text.slice(0, start - indent.length).endsWith('\n') ? eol + indent : ' ';
      const colon = /"\s*:(\s*)/.exec(text.slice(start))?.[1] ?? ' ';
      return { path, start, end: start, text: `"${name}":${colon}"${range}",${separator}` };
    }),
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
