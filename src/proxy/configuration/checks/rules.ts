import { isExpired } from '../../compare/rules';
import type { ProxySettings } from '../settings';
import { look, ok, type Check } from './finding';

/** Rules for differences that are known: those that are over say nothing any more. */
export function checkRules({ compare }: ProxySettings, now: number): readonly Check[] {
  const { rules } = compare;
  if (rules.length === 0) return [];
  const over = rules
    .filter((rule) => isExpired(rule, now))
    .map(({ id, owner, expires }) => `${id} (${owner}, ${expires})`);
  const said = `over: ${over.join(', ')}. What they were about counts again: take them out of compare.rules, or decide anew.`;
  return [{ what: 'rules', find: async () => (over.length === 0 ? ok(`${rules.length} in force`) : look(said)) }];
}
