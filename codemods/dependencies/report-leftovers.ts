import type { Node } from 'jsonc-parser';
import { usageKey } from './compute-usage';
import { browserPackages, clientPackages, COMPANIONS } from './known-packages';
import { addFinding, listFiles, type ManifestReport, rangeOf } from './manifest-report';
import { membersOf } from './read-manifest';

// amazon-payments, **/amazon-payments, amazon-payments/xml2js, shop>amazon-payments@^0.2
const clientIn = (selector: string): string | undefined =>
  [...selector.matchAll(/(?<![\w.-])(?:@[^/@>\s]+\/)?[^/@>\s]+/g)]
    .map(([name]) => name)
    .find((name) => clientPackages.has(name));

/** `overrides` (npm), `resolutions` (yarn) and `pnpm.overrides` that force a version of a legacy client. */
export function reportForced(report: ManifestReport): void {
  const visit = (table: Node, owner: string): void => {
    for (const { name, key, value } of membersOf(table)) {
      const client = clientIn(name);
      if (client !== undefined) {
        addFinding(
          report,
          { start: key.offset, end: key.offset + key.length },
          {
            rule: 'dependency/legacy-client',
            automation: 'manual',
            confidence: 'high',
            legacy: { name: client },
            replacement: null,
            message: `${owner} still names the legacy client ${client}.`,
            guidance: `Remove it from ${owner} when ${client} has left the dependencies, and run ${report.install}.`,
            rewritten: false,
          },
        );
      }
      visit(value, owner);
    }
  };
  for (const { name, value } of membersOf(report.manifest.root)) {
    if (name === 'overrides' || name === 'resolutions') visit(value, name);
    if (name === 'pnpm')
      membersOf(value)
        .filter((member) => member.name === 'overrides')
        .forEach((member) => visit(member.value, 'pnpm.overrides'));
  }
}

/** Component libraries around Widgets.js. */
export function reportBrowserPackages(report: ManifestReport): void {
  for (const entry of report.manifest.entries.filter(({ name }) => browserPackages.has(name))) {
    addFinding(report, rangeOf(entry), {
      rule: 'dependency/legacy-client',
      automation: 'manual',
      confidence: 'high',
      legacy: { name: entry.name },
      replacement: { name: 'checkout.js' },
      message: `${entry.name} renders the widgets of Widgets.js, which have no counterpart in Checkout v2.`,
      guidance: `Replace its components by amazon.Pay.renderButton of checkout.js, then remove the entry and run ${report.install}.`,
      rewritten: false,
    });
  }
}

/** Packages that, as far as the files read show, only legacy code loads. */
export function reportCompanions(report: ManifestReport): void {
  for (const entry of report.manifest.entries.filter(({ name }) => COMPANIONS.has(name))) {
    const files = report.usage.onlyForLegacy?.get(usageKey(report.manifest.directory, entry.name));
    if (files === undefined) continue;
    addFinding(report, rangeOf(entry), {
      rule: 'dependency/only-for-legacy',
      automation: 'manual',
      confidence: 'low',
      legacy: { name: entry.name },
      replacement: null,
      message: `${entry.name} may only be here for legacy Amazon Pay: of the files that were read, ${listFiles(files)} load${files.length === 1 ? 's' : ''} it.`,
      guidance: `Search the project for other uses of ${entry.name}; when there are none after the migration, remove it and run ${report.install}.`,
      rewritten: false,
    });
  }
}
