import type { FindingDraft, SourceUnit } from '../codemod';
import { aliasesOfCatalogs } from '../typed-program/package-aliases';
import { clientPackages, SDK_PACKAGE } from './known-packages';

const ENTRY = /^([ \t]+["']?)((?:@[\w.-]+\/)?[\w.-]+)["']?[ \t]*:/gm;

/** Versions that a pnpm or yarn workspace keeps in one place (`catalog:`, `overrides:`): they outlive the dependency. */
export function reportWorkspaceCatalogs(files: readonly SourceUnit[]): FindingDraft[] {
  return files
    .filter(({ path }) => /(?:^|\/)(?:pnpm-workspace\.yaml|\.yarnrc\.yml)$/.test(path))
    .flatMap(({ path, text }) =>
      [...text.matchAll(ENTRY)].flatMap((match): FindingDraft[] => {
        const [, lead = '', name = ''] = match;
        if (!clientPackages.has(name) && !aliasesOfCatalogs([{ path, text }]).has(name)) return [];
        const start = match.index + lead.length;
        return [
          {
            ...{
              codemod: 'dependencies',
              surface: 'dependency',
              rule: 'dependency/legacy-client',
              automation: 'manual',
              confidence: 'high',
            },
            ...{ path, start, end: start + name.length, rewritten: false },
            legacy: { name },
            replacement: { name: SDK_PACKAGE },
            message: `The workspace still keeps a version of the legacy client ${name}.`,
            guidance: `Remove it when no package.json of the workspace refers to it any more.`,
          },
        ];
      }),
    );
}
