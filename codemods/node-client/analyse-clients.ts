import type { CodemodInput, SourceUnit } from '../codemod';
import type { Annotation } from '../typed-program/annotated-file';
import { analyse, type Analysis } from '../typed-program/analyse';
import { staysLegacy } from './calls/stays-legacy';

interface Known {
  readonly input: CodemodInput;
  readonly analysis: Analysis;
}

/** Held by the first file of a run, with which they go. */
const known = new WeakMap<SourceUnit, Known>();

const isSame = (one: CodemodInput, other: CodemodInput): boolean =>
  one.strategy === other.strategy &&
  one.packages === other.packages &&
  one.configurations === other.configurations &&
  one.files.length === other.files.length &&
  one.files.every((unit, index) => unit === other.files[index]);

/**
 * Types the scripts of a run with what is known of every legacy client. Codemods that are given the same files get the same
 * answer: typing them is the larger part of what a codemod does (bench/README.md).
 *
 * @param seed types that are known before, by path; such an answer is kept for nobody
 */
export function analyseClients(input: CodemodInput, seed?: ReadonlyMap<string, readonly Annotation[]>): Analysis {
  const typed = (): Analysis =>
    analyse(input.files, input, seed, (name, readsDraft) => staysLegacy(name, readsDraft, input));
  if (seed !== undefined) return typed();
  const [first] = input.files;
  const before = first === undefined ? undefined : known.get(first);
  if (before !== undefined && isSame(before.input, input)) return before.analysis;
  const analysis = typed();
  if (first !== undefined) known.set(first, { input, analysis });
  return analysis;
}
