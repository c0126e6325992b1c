import type { Environment } from '../ledger/rows';
import type { Named } from '../ledger/statuses';
import { element, group, time } from './xml';

/** What the objects of legacy have in common, as recorded (facts: captures.md section 6). Siblings have no order to rely on. */
export const status = (name: string, { state, reason }: Named, at: number, text: string | null = null): string =>
  group(
    name,
    time('LastUpdateTimestamp', at),
    element('State', state),
    element('ReasonCode', reason),
    element('ReasonDescription', text),
  );

export const release = (environment: Environment): string =>
  element('ReleaseEnvironment', environment === 'live' ? 'Live' : 'Sandbox');

/** `<member>` in answers, `<Id>` in notifications (facts: ipn.md section 2). */
export type ListTag = 'member' | 'Id';

export const idList = (name: string, ids: readonly string[], tag: ListTag): string =>
  ids.length === 0 ? `<${name}/>` : group(name, ...ids.map((id) => element(tag, id)));
