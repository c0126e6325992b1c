import { escapePattern } from '../../transforms/escape-pattern';
import type { CodemodInput, SourceUnit } from '../codemod';
import { findDeclaring, findOwner } from './find-owner';
import { COMPANIONS, clientPackages, SDK_PACKAGE } from './known-packages';
import { moduleReferences } from './module-references';
import type { Manifest } from './read-manifest';
import { recogniseLegacy } from './recognise-legacy';

/** What the sources still need, by `${package directory}\u0000${dependency}`. */
export interface Usage {
  readonly stillUsed: ReadonlySet<string>;
  /** Directories of the packages whose sources load the v2 SDK. */
  readonly needsSdk: ReadonlySet<string>;
  /** The files behind `stillUsed`, for the report. */
  readonly users?: ReadonlyMap<string, readonly string[]>;
  /** Directories of the packages that hold legacy or freshly migrated server code. */
  readonly legacyDirectories?: ReadonlySet<string>;
  /** Companions of the legacy client that no other kind of file loads, with the legacy files that do. */
  readonly onlyForLegacy?: ReadonlyMap<string, readonly string[]>;
}

export const usageKey = (directory: string, dependency: string): string => `${directory}\u0000${dependency}`;

const NOT_SOURCES = new Set(['json', 'yaml', 'dotenv']);
const NOT_CODE =
  /\.(?:md|markdown|rst|txt|lock|toml|ini|cfg|conf|properties|tf|tfvars|xml|css|scss|less|svg|map|patch|diff|snap)$/i;

/** Code that talks to legacy Amazon Pay from a server, or did until this migration: it loads the emitted helper. */
const LEGACY_SOURCE =
  /\.offAmazonPayments\b|amazon-payments|amazon-pay-async|(?:\bfrom|\brequire\s*\()\s*['"]amazonpay['"]|OffAmazonPayments(?:_Sandbox)?\/2013|mws[\w-]{0,20}\.amazonservices\.|\/amazon-pay-v2(?:\.[cm]?[jt]s)?['"]|TODO\(amazon-pay-v2\)/;

const isSource = ({ language, path }: SourceUnit): boolean => !NOT_SOURCES.has(language) && !NOT_CODE.test(path);

/** Names whose loaders matter: everything else in the files is not parsed for. */
const relevantNames = (manifests: readonly Manifest[]): Set<string> => {
  const renamed = manifests.flatMap(({ entries }) =>
    entries.filter((entry) => recogniseLegacy(entry) !== undefined).map(({ name }) => name),
  );
  return new Set([...clientPackages, ...COMPANIONS, SDK_PACKAGE, ...renamed]);
};

const add = (map: Map<string, string[]>, key: string, path: string): void => {
  map.set(key, [...(map.get(key) ?? []), path]);
};

/** The folder of a package whose package.json could not be read. */
const packageDirectory = ({ packages }: CodemodInput, path: string): string =>
  packages.find(({ directory }) => directory === '' || path.startsWith(`${directory}/`))?.directory ?? '';

/** Reads off the sources, as they are given, what they load. TypeScript is only loaded when a file names such a package. */
export async function computeUsage(input: CodemodInput, manifests: readonly Manifest[]): Promise<Usage> {
  const names = relevantNames(manifests);
  // One pass over each text, whatever the number of names.
  const named = new RegExp([...names].map(escapePattern).join('|'));
  const sources = input.files.filter((unit) => isSource(unit) && named.test(unit.text));
  const users = new Map<string, string[]>();
  const others = new Set<string>();
  const needsSdk = new Set<string>();
  const isLegacy = ({ entries }: Manifest): boolean => entries.some((entry) => recogniseLegacy(entry) !== undefined);
  if (sources.length > 0) {
    const parser = await import('../typed-program/parser.js');
    for (const unit of sources) {
      const loaded = [...moduleReferences(parser, unit)].filter((name) => names.has(name));
      for (const name of loaded) {
        const manifest = findDeclaring(manifests, unit.path, name) ?? findOwner(manifests, unit.path, isLegacy);
        const directory = manifest?.directory ?? packageDirectory(input, unit.path);
        if (name === SDK_PACKAGE) needsSdk.add(directory);
        add(users, usageKey(directory, name), unit.path);
        if (!LEGACY_SOURCE.test(unit.text)) others.add(usageKey(directory, name));
      }
    }
  }
  for (const path of (input.unread ?? []).filter((path) => !NOT_CODE.test(path))) {
    for (const name of clientPackages) {
      const manifest = findDeclaring(manifests, path, name);
      if (manifest !== undefined) add(users, usageKey(manifest.directory, name), `${path} (not read)`);
    }
  }
  const onlyForLegacy = new Map(
    [...users].filter(([key]) => COMPANIONS.has(key.slice(key.indexOf('\u0000') + 1)) && !others.has(key)),
  );
  return {
    stillUsed: new Set(users.keys()),
    needsSdk,
    users,
    legacyDirectories: legacyDirectories(input, manifests, isLegacy),
    onlyForLegacy,
  };
}

function legacyDirectories(
  input: CodemodInput,
  manifests: readonly Manifest[],
  isLegacy: (manifest: Manifest) => boolean,
): Set<string> {
  const holders = input.files
    .filter((unit) => isSource(unit) && LEGACY_SOURCE.test(unit.text))
    .map(({ path }) => findOwner(manifests, path, isLegacy));
  return new Set(
    [...holders, ...manifests.filter(isLegacy)].flatMap((manifest) =>
      manifest === undefined ? [] : [manifest.directory],
    ),
  );
}
