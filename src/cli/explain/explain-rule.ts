import { ruleExamples } from '../../catalog/rule-examples';
import type { Automation, Rule } from '../../catalog/types';
import { formatEffort } from '../../report/format-figures';
import { paintDiff } from '../../report/paint-diff';
import { describeExample, diffExample } from './diff-example';
import { formatRow, type Display } from './display';
import { wrap } from './wrap';

const meanings: Readonly<Record<Automation, string>> = {
  automatic: 'rewritten with no human decision; behaviour stays the same',
  assisted: 'rewritten where possible, but you must decide something',
  manual: 'not rewritten, or only what is around it; this is what to do',
};

/** One rule in words: what it finds, why it matters, before and after, what to do, how long a place takes. */
export function explainRule(rule: Rule, { colours, width }: Display): string {
  return [
    colours.bold(wrap(`${rule.id}: ${rule.title}`, width)),
    '',
    formatRow('Surface', rule.surface, width),
    formatRow('Automation', describeAutomation(rule.automation), width),
    formatRow('Effort', describeEffort(rule), width),
    formatRow('Documented', rule.docs, width),
    '',
    wrap(rule.what, width),
    ...showExample(rule, { colours, width }),
    '',
    wrap(`What to do: ${rule.guidance}`, width),
    ...toHand(rule, width),
    '',
    `To see its places: amazon-pay-migrate audit --only ${rule.id}`,
    '',
  ].join('\n');
}

function showExample(rule: Rule, { colours, width }: Display): string[] {
  const example = ruleExamples[rule.id];
  if (example === undefined) return [];
  const title = wrap(`Before (-) and after (+), ${describeExample(example)}: ${example.file}`, width);
  return ['', colours.bold(title), '', paintDiff(diffExample(example), colours)];
}

function toHand(rule: Rule, width: number | undefined): string[] {
  const byHand = ruleExamples[rule.id]?.byHand;
  return byHand === undefined ? [] : ['', wrap(byHand, width)];
}

/** `assisted: rewritten where possible, but you must decide something` */
export function describeAutomation(automation: Automation): string {
  return `${automation}: ${meanings[automation]}`;
}

/** `about 15 min for each place that is left` */
export function describeEffort({ effortMinutes }: { readonly effortMinutes: number }): string {
  return `about ${formatEffort(effortMinutes)} for each place that is left`;
}
