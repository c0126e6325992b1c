import { usageKey } from './compute-usage';
import { SDK_PACKAGE } from './known-packages';
import { addFinding, listFiles, type ManifestReport, rangeOf, REPLACEMENT } from './manifest-report';
import type { LegacyDependency } from './recognise-legacy';

/** A legacy client in a dependency section: gone with this run, waiting for its last use, or for a decision. */
export function reportClient(
  report: ManifestReport,
  { entry, client, origin, kind }: LegacyDependency,
  leaves: boolean,
): void {
  const users = report.usage.users?.get(usageKey(report.manifest.directory, entry.name)) ?? [];
  const base = {
    rule: 'dependency/legacy-client',
    legacy: { name: client },
    replacement: REPLACEMENT,
    confidence: 'high' as const,
  };
  const where = `${entry.name} in ${entry.section}`;
  const source = origin !== 'elsewhere' ? '' : ` It comes from ${kind}, which stays where it is.`;
  if (leaves) {
    const message = `${where} leaves: nothing in this package loads it any more.${source}`;
    addFinding(report, rangeOf(entry), {
      ...base,
      automation: 'automatic',
      message,
      guidance: `Run ${report.install}.`,
      rewritten: true,
    });
    return;
  }
  if (origin === 'renamed') {
    // What loads it under that name may hold no word that makes a file a candidate, so nobody can say that nothing does.
    const message = `${where} is ${kind} that brings in the legacy client ${client}${users.length > 0 ? `; ${listFiles(users)} load${users.length === 1 ? 's' : ''} it under that name` : ''}.`;
    const guidance = `Move the code that loads it to ${SDK_PACKAGE}, remove the entry, and run ${report.install}.`;
    addFinding(report, rangeOf(entry), {
      ...base,
      automation: 'manual',
      confidence: users.length > 0 ? 'high' : 'medium',
      message,
      guidance,
      rewritten: false,
    });
    return;
  }
  const message = `${where} is a legacy client; it leaves when nothing uses it${users.length > 0 ? ` (${listFiles(users)} still do${users.length === 1 ? 'es' : ''})` : ''}.${source}`;
  const guidance = `Once no file loads it, \`migrate\` removes the entry; then run ${report.install}. MWS keys do not work with ${SDK_PACKAGE}: it needs a key pair of its own.`;
  addFinding(report, rangeOf(entry), { ...base, automation: 'manual', message, guidance, rewritten: false });
}
