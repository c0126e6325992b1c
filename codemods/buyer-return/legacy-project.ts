import { browserEvidence, clientEvidence, legacyPackages } from '../../src/catalog';
import type { CodemodInput, SourceUnit } from '../codemod';
import { packageOf } from '../node-client/packages/place-helpers';
import { blankComments, speaksMws } from '../raw-mws/evidence';
import { legacyAliases } from '../typed-program/package-aliases';

/** What an earlier run made of code that called a legacy client. */
const MIGRATED = /['"/]amazon-pay-v2(?:\.[cm]?js)?['"]|TODO\(amazon-pay-v2\)/;

/** What is known of a project: where legacy code is, and what is connected with it. */
export interface LegacyProject {
  /** The package of the file sells with legacy Amazon Pay, or did before this run. */
  sells(unit: SourceUnit): boolean;
  /** The file is legacy code itself, or loads some. */
  isConnected(unit: SourceUnit): boolean;
}

const isLegacy = ({ text }: SourceUnit): boolean =>
  clientEvidence.test(text) || MIGRATED.test(text) || browserEvidence.test(text) || speaksMws(blankComments(text));

const nameOf = (path: string): string =>
  path
    .replace(/\/index\.\w+$/, '')
    .replace(/^.*\//, '')
    .replace(/\.\w+$/, '');

const loadedBy = (text: string): string[] =>
  [...text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](\.[^'"\n]*)['"]/g)].map(([, name = '']) =>
    nameOf(name),
  );

/** Finds the legacy code of a project, by its texts and by what its packages depend on. */
export function readLegacyProject(input: CodemodInput): LegacyProject {
  const directoryOf = ({ path }: SourceUnit): string => packageOf(input, path).directory;
  const scripts = input.files.filter(({ language }) => language !== 'json' && language !== 'yaml');
  const legacy = scripts.filter(isLegacy);
  const clients = new Set([...Object.keys(legacyPackages), ...legacyAliases(input.packages, input.files).keys()]);
  const selling = new Set([
    ...legacy.map(directoryOf),
    ...input.packages
      .filter(({ dependencies }) => [...dependencies.keys()].some((name) => clients.has(name)))
      .map(({ directory }) => directory),
  ]);
  const files = new Set(legacy);
  const names = new Map([...selling].map((directory): [string, Set<string>] => [directory, new Set()]));
  for (const unit of legacy) names.get(directoryOf(unit))?.add(nameOf(unit.path));
  return {
    sells: (unit) => selling.has(directoryOf(unit)),
    isConnected: (unit) =>
      files.has(unit) || loadedBy(unit.text).some((name) => names.get(directoryOf(unit))?.has(name)),
  };
}
