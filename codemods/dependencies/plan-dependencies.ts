import type { CodemodInput, CodemodResult, Edit, FindingDraft } from '../codemod';
import { addDependency, editBetween, removeElement, removeMember } from './edit-manifest';
import { usageKey, type Usage } from './compute-usage';
import { installCommand } from './install-command';
import type { ManifestReport } from './manifest-report';
import { clientPackages, SDK_PACKAGE, SDK_VERSION } from './known-packages';
import { type Manifest, readManifest, type SectionName } from './read-manifest';
import { type LegacyDependency, recogniseLegacy } from './recognise-legacy';
import { reportClient } from './report-client';
import { reportBrowserPackages, reportCompanions, reportForced } from './report-leftovers';
import { reportNodeVersion } from './report-node-version';
import { reportMissingManifest, reportSdkAdded, reportSdkRange } from './report-sdk';
import { reportWorkspaceCatalogs } from './report-workspace-catalogs';
import { rangeLike } from './sdk-range';

/** The package.json files of a run; those that cannot be read are failures with their reason. */
export function readManifests(input: CodemodInput): {
  readonly manifests: readonly Manifest[];
  readonly failures: CodemodResult['failures'];
} {
  const readings = input.files
    .filter(({ path }) => /(?:^|\/)package\.json$/.test(path))
    .map(({ path, text }) => ({ path, text, reading: readManifest(path, text) }));
  return {
    manifests: readings.flatMap(({ reading }) => (reading.kind === 'manifest' ? [reading.manifest] : [])),
    failures: readings.flatMap(({ path, text, reading }) =>
      reading.kind === 'failure' && isRelevant(text) ? [{ path, error: reading.error }] : [],
    ),
  };
}

/** A broken package.json that names none of our packages (a template, a test fixture) is nobody's failure. */
const isRelevant = (text: string): boolean =>
  [SDK_PACKAGE, ...clientPackages].some((name) => text.includes(`"${name}"`));

/** A client may leave when nothing loads it. What loads one by the address of a repository may not be a candidate. */
const mayLeave = ({ entry, origin, kind }: LegacyDependency, manifest: Manifest, usage: Usage): boolean =>
  (origin !== 'renamed' || kind === 'an npm alias') && !usage.stillUsed.has(usageKey(manifest.directory, entry.name));

/** The sections that gain the SDK: those of the client; a peer dependency is installed for development by another entry. */
function sectionsForSdk(clients: readonly LegacyDependency[]): readonly SectionName[] {
  const sections = [...new Set(clients.map(({ entry }) => entry.section))];
  const [single] = sections.filter((section) => section === 'dependencies' || section === 'optionalDependencies');
  if (single !== undefined) return [single];
  return sections.length === 0 ? ['dependencies'] : sections;
}

/** Lists and tables of package.json that repeat the names of dependencies. */
function removeMentions(text: string, name: string): string {
  const lists = ['bundledDependencies', 'bundleDependencies'].reduce(
    (edited, list) => removeElement(edited, [list], name),
    text,
  );
  return ['peerDependenciesMeta', 'dependenciesMeta'].reduce(
    (edited, table) => removeMember(edited, [table, name]),
    lists,
  );
}

function planManifest(manifest: Manifest, usage: Usage, report: ManifestReport): Edit[] {
  const clients = manifest.entries.flatMap((entry) => recogniseLegacy(entry) ?? []);
  const leaving = clients.filter((client) => mayLeave(client, manifest, usage));
  const addsSdk =
    usage.needsSdk.has(manifest.directory) &&
    !manifest.entries.some(({ name }) => name === SDK_PACKAGE) &&
    report.hasNoSdkAbove;
  let text = manifest.text;
  if (addsSdk) {
    for (const section of sectionsForSdk(clients)) {
      const replaced = leaving.find(({ entry }) => entry.section === section)?.entry;
      const model = clients.find(({ entry }) => entry.section === section)?.entry.specifier;
      text = addDependency(text, section, SDK_PACKAGE, rangeLike(model, SDK_VERSION), replaced?.name);
    }
    reportSdkAdded(report, clients);
    reportNodeVersion(report);
  }
  for (const { entry } of leaving) text = removeMentions(removeMember(text, [entry.section, entry.name]), entry.name);
  clients.forEach((client) => reportClient(report, client, leaving.includes(client)));
  reportSdkRange(report);
  reportForced(report);
  reportBrowserPackages(report);
  reportCompanions(report);
  return editBetween(manifest.path, manifest.text, text);
}

/**
 * Plans the edits of every package.json for what the sources use: legacy clients that nothing loads leave, the v2 SDK
 * comes where something loads it, everything else is reported.
 */
export function planDependencies(input: CodemodInput, usage: Usage): CodemodResult {
  const { manifests, failures } = readManifests(input);
  const findings: FindingDraft[] = [];
  const paths = new Set(input.files.map(({ path }) => path));
  const edits = manifests.flatMap((manifest) => {
    const above = manifests.filter(
      ({ directory }) => directory === '' || manifest.directory.startsWith(`${directory}/`),
    );
    const hasNoSdkAbove = !above.some(({ entries }) => entries.some(({ name }) => name === SDK_PACKAGE));
    const install = installCommand(paths, manifest.directory);
    return planManifest(manifest, usage, { manifest, usage, findings, install, hasNoSdkAbove });
  });
  reportMissingManifest(input, manifests, usage, findings);
  findings.push(...reportWorkspaceCatalogs(input.files));
  return { edits, newFiles: [], findings, failures };
}
