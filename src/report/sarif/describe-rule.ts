import type { Automation } from '../../catalog/types';
import { findRule } from '../find-rule';
import { formatEffort } from '../format-figures';

/** manual must be done by a person, assisted decided by one; automatic is what the codemods do. */
export const levels = { manual: 'error', assisted: 'warning', automatic: 'note' } as const;
const severities = { manual: 'error', assisted: 'warning', automatic: 'recommendation' } as const;

const meanings: Readonly<Record<Automation, string>> = {
  automatic: '`npx amazon-pay-migrate migrate --write` rewrites it; behaviour stays the same.',
  assisted: '`npx amazon-pay-migrate migrate --write` rewrites it where it can; somebody has to decide something.',
  manual: 'It is not rewritten: this has to be done by hand.',
};

/** A rule with what it finds, why, and what to do; a bare id for one that this version does not know. */
export function describeRule(id: string): object {
  const rule = findRule(id);
  if (rule === undefined) return { id, name: toName(id) };
  const { title, what, guidance, docs, automation, surface, effortMinutes } = rule;
  return {
    id,
    name: toName(id),
    shortDescription: { text: toSentence(title) },
    fullDescription: { text: what },
    help: {
      text: `${what}\n\nWhat to do: ${guidance}\n\n${docs}`,
      markdown: [
        what,
        `**What to do.** ${guidance}`,
        `**${automation}.** ${meanings[automation]} About ${formatEffort(effortMinutes)} for a place that is left.`,
        `[Amazon's documentation](${docs}) · \`npx amazon-pay-migrate explain ${id}\``,
      ].join('\n\n'),
    },
    helpUri: docs,
    defaultConfiguration: { level: levels[automation] },
    properties: {
      tags: ['amazon-pay', 'migration', surface, automation],
      precision: 'high',
      'problem.severity': severities[automation],
    },
  };
}

/** `node-client/operation-call` is NodeClientOperationCall: SARIF wants a name without separators. */
const toName = (id: string): string =>
  id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

const toSentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
