import { clientOfAlias } from '../typed-program/package-aliases';
import { clientPackages } from './known-packages';
import type { DependencyEntry } from './read-manifest';

/** How package.json brings a legacy client in. */
export type LegacyOrigin =
  /** Under the client's own name, from the registry. */
  | 'registry'
  /** Under the client's own name, from git, a tarball, a folder or the workspace: what it holds may be a fork. */
  | 'elsewhere'
  /** Under another name: an npm alias or the address of the client's repository. */
  | 'renamed';

export interface LegacyDependency {
  readonly entry: DependencyEntry;
  /** The client as the catalog knows it. */
  readonly client: string;
  readonly origin: LegacyOrigin;
  /** What the specifier is, without repeating it: an address can hold a token. */
  readonly kind: string;
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^npm:/, 'an npm alias'],
  [/^workspace:/, 'a package of this workspace'],
  [/^catalog:/, 'an entry of the workspace catalog'],
  [/^(?:file|link|portal):|^\.{1,2}\/|^~?\//, 'a local folder or archive'],
  [/^git|^github:|^gitlab:|^bitbucket:|^[\w.-]+\/[\w.-]+(?:#.*)?$|\.git(?:#.*)?$/, 'a git repository'],
  [/^https?:/, 'an archive at a web address'],
];

const kindOf = (specifier: string): string =>
  KINDS.find(([pattern]) => pattern.test(specifier))?.[1] ?? 'a version range';

/** `…/amazon-payments.git#v1`, `../vendor/amazon-payments-0.2.9.tgz` to the last segment. */
const addressed = (specifier: string): string | undefined =>
  /([^/:]+?)(?:\.git|-\d[\w.+-]*\.t(?:ar\.)?gz|\.t(?:ar\.)?gz)?(?:[#?].*)?\/?$/.exec(specifier)?.[1];

/** Names that nothing but a legacy client bears; `amazonpay` is not among them: v2 projects are called that too. */
const UNMISTAKABLE = new Set(['amazon-payments', 'amazon-pay-async']);

function clientBehind(specifier: string, kind: string): string | undefined {
  if (kind === 'an npm alias') return clientOfAlias(specifier);
  if (kind === 'a version range' || kind.startsWith('an entry')) return undefined;
  const name = addressed(specifier);
  return name !== undefined && UNMISTAKABLE.has(name) ? name : undefined;
}

/** Tells whether a dependency is a legacy client, by its name or by what its specifier points to. */
export function recogniseLegacy(entry: DependencyEntry): LegacyDependency | undefined {
  const kind = kindOf(entry.specifier);
  if (clientPackages.has(entry.name)) {
    const fromRegistry = kind === 'a version range' || kind === 'an entry of the workspace catalog';
    const replaced = clientOfAlias(entry.specifier);
    // `"amazon-payments": "npm:@scope/fork@1"` is the client's name over a fork.
    return {
      entry,
      client: entry.name,
      origin: fromRegistry || replaced === entry.name ? 'registry' : 'elsewhere',
      kind,
    };
  }
  const client = clientBehind(entry.specifier, kind);
  return client === undefined ? undefined : { entry, client, origin: 'renamed', kind };
}
