import { structuredPatch } from 'diff';
import type { RuleExample } from '../../catalog/rule-examples';

/** Before and after of an example as one unified diff of the whole text, without headers: its file stands beside it. */
export function diffExample({ file, before, after }: RuleExample): string {
  const { hunks } = structuredPatch(file, file, before, after, '', '', { context: Number.MAX_SAFE_INTEGER });
  return hunks.flatMap(({ lines }) => lines).join('\n');
}

/** Who wrote which side. */
export function describeExample({ scaffold, writtenBy }: RuleExample): string {
  if (scaffold !== true) return writtenBy === 'migrate' ? 'as migrate rewrites it' : 'rewritten by hand';
  return writtenBy === 'migrate'
    ? 'as migrate --scaffold rewrites it'
    : 'as migrate --scaffold wrote it, and filled in by hand';
}
