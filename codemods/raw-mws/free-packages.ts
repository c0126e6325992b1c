import { clientEvidence } from '../../src/catalog';
import type { CodemodInput } from '../codemod';
import { packageOf } from '../node-client/packages/place-helpers';

const known = new WeakMap<CodemodInput, ReadonlySet<string>>();

/** Tells of a file whether its package has no legacy client, whose answers have the same types as those of a request. */
export function freePackages(input: CodemodInput): (path: string) => boolean {
  const taken =
    known.get(input) ??
    new Set(
      input.files.filter(({ text }) => clientEvidence.test(text)).map(({ path }) => packageOf(input, path).directory),
    );
  known.set(input, taken);
  return (path) => !taken.has(packageOf(input, path).directory);
}
