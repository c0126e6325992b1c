import type { Node } from 'jsonc-parser';
import type { CodemodInput, FindingDraft } from '../codemod';
import { usageKey, type Usage } from './compute-usage';
import { browserPackages, clientPackages, COMPANIONS, SDK_PACKAGE, SDK_VERSION } from './known-packages';
import { type DependencyEntry, type Manifest, membersOf } from './read-manifest';
import type { LegacyDependency } from './recognise-legacy';
import { judgeRange } from './sdk-range';

/** One package.json, what its sources use, and where its findings go. */
export interface ManifestReport {
  readonly manifest: Manifest;
  readonly usage: Usage;
  readonly findings: FindingDraft[];
  /** What to run once package.json has changed. */
  readonly install: string;
  readonly hasNoSdkAbove: boolean;
}

type Place = Pick<
  FindingDraft,
  'rule' | 'automation' | 'confidence' | 'legacy' | 'replacement' | 'message' | 'rewritten'
> &
  Partial<Pick<FindingDraft, 'guidance'>>;

const add = (
  { manifest, findings }: ManifestReport,
  range: { readonly start: number; readonly end: number },
  place: Place,
): void => {
  findings.push({
    codemod: 'dependencies',
    surface: 'dependency',
    path: manifest.path,
    start: range.start,
    end: range.end,
    ...place,
  });
};

/** The whole entry for a plain range; only the name where the specifier may hold an address with a token. */
const rangeOf = ({ start, end, nameEnd, specifier }: DependencyEntry): { start: number; end: number } => ({
  start,
  end: /[:/@]/.test(specifier) ? nameEnd : end,
});

const SHOWN_FILES = 3;

const listFiles = (files: readonly string[]): string =>
  files.length <= SHOWN_FILES
    ? files.join(', ')
    : `${files.slice(0, SHOWN_FILES).join(', ')} and ${files.length - SHOWN_FILES} more`;

const REPLACEMENT = { name: SDK_PACKAGE } as const;

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
  const source = origin === 'registry' ? '' : ` It comes from ${kind}, which stays where it is.`;
  if (leaves) {
    const message = `${where} leaves: nothing in this package loads it any more.${source}`;
    add(report, rangeOf(entry), {
      ...base,
      automation: 'automatic',
      message,
      guidance: `Run ${report.install}.`,
      rewritten: true,
    });
    return;
  }
  if (origin === 'renamed') {
    const message = `${where} is ${kind} that brings in the legacy client ${client}${users.length > 0 ? `; ${listFiles(users)} load${users.length === 1 ? 's' : ''} it under that name` : ''}.`;
    const guidance = `Move the code that loads it to ${SDK_PACKAGE}, remove the entry, and run ${report.install}.`;
    add(report, rangeOf(entry), {
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
  add(report, rangeOf(entry), { ...base, automation: 'automatic', message, guidance, rewritten: false });
}

const sectionRange = ({ manifest }: ManifestReport, name: string | undefined): { start: number; end: number } => {
  const key = membersOf(manifest.root).find((member) => member.name === name)?.key;
  return key === undefined
    ? { start: manifest.root.offset, end: manifest.root.offset + 1 }
    : { start: key.offset, end: key.offset + key.length };
};

/** The v2 SDK that migrated sources load and package.json did not name. */
export function reportSdkAdded(report: ManifestReport, clients: readonly LegacyDependency[]): void {
  const [first] = clients;
  add(report, first === undefined ? sectionRange(report, 'dependencies') : rangeOf(first.entry), {
    rule: 'dependency/v2-sdk',
    automation: 'automatic',
    confidence: 'high',
    legacy: { name: first?.client ?? 'MWS requests' },
    replacement: REPLACEMENT,
    message: `${SDK_PACKAGE} joins ${first?.entry.section ?? 'dependencies'}: the sources of this package load it.`,
    guidance: `Run ${report.install}.`,
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
    add(report, rangeOf(entry), {
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

// amazon-payments, **/amazon-payments, shop>amazon-payments@^0.2
const clientIn = (selector: string): string | undefined =>
  [...clientPackages].find((name) =>
    new RegExp(`(?:^|[/>])${name.replace(/[.]/g, '\\.')}(?:@[^/>]*)?(?:$|[/>])`).test(selector),
  );

/** `overrides` (npm), `resolutions` (yarn) and `pnpm.overrides` that force a version of a legacy client. */
export function reportForced(report: ManifestReport): void {
  const visit = (table: Node, owner: string): void => {
    for (const { name, key, value } of membersOf(table)) {
      const client = clientIn(name);
      if (client !== undefined) {
        add(
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
    add(report, rangeOf(entry), {
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
    add(report, rangeOf(entry), {
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

/** Sources that load the SDK in a folder without a package.json that could be read. */
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
    if (unit === undefined) continue;
    const start = Math.max(0, unit.text.indexOf(SDK_PACKAGE));
    findings.push({
      ...{
        codemod: 'dependencies',
        surface: 'dependency',
        rule: 'dependency/v2-sdk',
        automation: 'manual',
        confidence: 'high',
        rewritten: false,
      },
      ...{
        path: unit.path,
        start,
        end: start + SDK_PACKAGE.length,
        legacy: { name: 'package.json' },
        replacement: REPLACEMENT,
      },
      message: `${SDK_PACKAGE} is loaded here, and no package.json that could be read names it.`,
      guidance: `Add "${SDK_PACKAGE}": "^${SDK_VERSION}" to the dependencies of this project.`,
    });
  }
}
