import type { Automation, Rule } from '../catalog/types';
import { formatEffort } from '../report/format-figures';

const meanings: Readonly<Record<Automation, string>> = {
  automatic: 'rewritten with no human decision; behaviour stays the same',
  assisted: 'rewritten where possible, but you must decide something',
  manual: 'not rewritten, or only what is around it; this is what to do',
};

/** One rule in words: what it finds, why it matters, what to do, how long a place takes. */
export function explainRule(rule: Rule): string {
  return [
    `${rule.id}: ${rule.title}`,
    '',
    `  Surface     ${rule.surface}`,
    `  Automation  ${describeAutomation(rule.automation)}`,
    `  Effort      about ${formatEffort(rule.effortMinutes)} for each place that is left`,
    `  Documented  ${rule.docs}`,
    '',
    rule.what,
    '',
    `What to do: ${rule.guidance}`,
    '',
    `To see its places: amazon-pay-migrate audit --only ${rule.id}`,
    '',
  ].join('\n');
}

/** `assisted: rewritten where possible, but you must decide something` */
export function describeAutomation(automation: Automation): string {
  return `${automation}: ${meanings[automation]}`;
}
