import type { CodemodInput, FindingDraft, PackageInfo } from '../codemod';
import { usageKey, type Usage } from './compute-usage';
import { SDK_PACKAGE, SDK_VERSION } from './known-packages';
import { addFinding, type ManifestReport, rangeOf, REPLACEMENT } from './manifest-report';
import { type Manifest, membersOf } from './read-manifest';
import { NODE_NEEDED } from './report-node-version';
import type { LegacyDependency } from './recognise-legacy';
import { judgeRange } from './sdk-range';

const sectionRange = ({ manifest }: ManifestReport, name: string | undefined): { start: number; end: number } => {
  const key = membersOf(manifest.root).find((member) => member.name === name)?.key;
  return key === undefined
    ? { start: manifest.root.offset, end: manifest.root.offset + 1 }
    : { start: key.offset, end: key.offset + key.length };
};

/** The v2 SDK that migrated sources load and package.json did not name. */
export function reportSdkAdded(report: ManifestReport, clients: readonly LegacyDependency[]): void {
  const [first] = clients;
  addFinding(report, first === undefined ? sectionRange(report, 'dependencies') : rangeOf(first.entry), {
    rule: 'dependency/v2-sdk',
    automation: 'automatic',
    confidence: 'high',
    legacy: { name: first?.client ?? 'MWS requests' },
    replacement: REPLACEMENT,
    message: `${SDK_PACKAGE} joins ${first?.entry.section ?? 'dependencies'}: the sources of this package load it.`,
    guidance: `Run ${report.install}. ${NODE_NEEDED}`,
    rewritten: true,
  });
}

/** An SDK so old that its answers still were `{ body: string }`. */
export function reportSdkRange(report: ManifestReport): void {
  for (const entry of report.manifest.entries.filter(({ name }) => name === SDK_PACKAGE)) {
    const age = judgeRange(entry.specifier);
    if (age === 'current') continue;
    // A range that may resolve to a current release matters only where this migration writes code that reads `.data`.
    if (age === 'may-be-older' && report.usage.legacyDirectories?.has(report.manifest.directory) !== true) continue;
    const certain = age === 'older';
    addFinding(report, rangeOf(entry), {
      rule: 'dependency/v2-sdk',
      automation: 'manual',
      confidence: certain ? 'high' : 'medium',
      legacy: { name: `${SDK_PACKAGE} before 2.1.3` },
      replacement: { name: `${SDK_PACKAGE} ^${SDK_VERSION}` },
      message: `The range ${certain ? 'only admits' : 'also admits'} releases before 2.1.3, whose answers hold a JSON text in \`body\`; migrated code reads \`data\`.`,
      guidance: `Raise the range to ^${SDK_VERSION}, change what reads \`response.body\` to \`response.data\`, and run ${report.install}.`,
      rewritten: false,
    });
  }
}

/** A package.json may be known to the engine and still not be among the files. */
const isDeclared = (packages: readonly PackageInfo[], path: string): boolean =>
  packages.some(
    ({ directory, dependencies }) =>
      (directory === '' || path.startsWith(`${directory}/`)) && dependencies.has(SDK_PACKAGE),
  );

/**
 * Sources that load the SDK in a folder without a package.json that could be read. The finding stands at the first
 * character: the text may be a rewritten one, and positions are those of the source as found.
 */
export function reportMissingManifest(
  input: CodemodInput,
  manifests: readonly Manifest[],
  usage: Usage,
  findings: FindingDraft[],
): void {
  for (const directory of usage.needsSdk) {
    if (manifests.some((manifest) => manifest.directory === directory)) continue;
    const path = usage.users?.get(usageKey(directory, SDK_PACKAGE))?.[0];
    const unit = input.files.find((file) => file.path === path);
    if (unit === undefined || isDeclared(input.packages, unit.path)) continue;
    findings.push({
      codemod: 'dependencies',
      surface: 'dependency',
      rule: 'dependency/v2-sdk',
      automation: 'manual',
      confidence: 'high',
      rewritten: false,
      path: unit.path,
      start: 0,
      end: 1,
      legacy: { name: 'package.json' },
      replacement: REPLACEMENT,
      message: `${SDK_PACKAGE} is loaded here, and no package.json that could be read names it.`,
      guidance: `Add "${SDK_PACKAGE}": "^${SDK_VERSION}" to the dependencies of this project.`,
    });
  }
}
