import { escapePattern } from '../../transforms/escape-pattern';
import { legacyPackages, type LegacyPackage } from '../../src/catalog';
import { findInstalled } from '../carriers/install-commands';
import type { FindingDraft, SourceUnit } from '../codemod';
import { SDK_PACKAGE } from './known-packages';

const INSTALL = [['(?:npm|pnpm|cnpm|yarn|bun)', '(?:i|in|install|add)']] as const;

/** Commands that install a legacy client without package.json: in pipelines, images and scripts. */
export function findInstallCommands(units: readonly SourceUnit[]): FindingDraft[] {
  return Object.values(legacyPackages).flatMap((row) =>
    units.flatMap((unit) =>
      findInstalled(unit, INSTALL, escapePattern(row.name)).map(({ start, end }) =>
        describe(unit, row, { start, end }),
      ),
    ),
  );
}

function describe(
  { path }: SourceUnit,
  { name, kind, what }: LegacyPackage,
  place: { start: number; end: number },
): FindingDraft {
  return {
    codemod: 'dependencies',
    surface: 'dependency',
    automation: 'manual',
    confidence: 'high',
    rule: 'dependency/install-command',
    path,
    ...place,
    rewritten: false,
    legacy: { name },
    replacement: kind === 'server' ? { name: SDK_PACKAGE } : null,
    message: `A command installs ${name}, ${what}.`,
  };
}
