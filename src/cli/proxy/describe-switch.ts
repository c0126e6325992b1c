import type { ModeSwitched, Status } from '../../proxy/operate/api';
import { toOneLine } from '../../report/plain-text';
import { describeMode } from './handle-status';

/** No mode of all orders takes along what somebody put on a side alone, without a word. */
export function describeMoves({
  mode,
  movedByHand: { legacy, migrated },
}: Pick<Status, 'mode' | 'movedByHand'>): string {
  if (legacy + migrated === 0) return '';
  const next = mode === 'cutover' ? '--order and --side move each' : 'also in the next cutover';
  return `Moved by hand, and staying there: ${legacy} with the legacy handler, ${migrated} with the migrated one; ${next}.\n`;
}

/** What a change of mode did, and what it leaves to do. */
export function describeSwitch(switched: ModeSwitched): string {
  const { mode, change, gateMissing, handMovesEnded, v2FromLegacy } = switched;
  const lines: readonly (string | false)[] = [
    `${describeMode(switched)} is in force, by ${toOneLine(change?.who ?? '')}: ${toOneLine(change?.why ?? '')}\n`,
    (gateMissing ?? []).length > 0 && 'The gate was closed: that stands in the audit, with what was missing.\n',
    handMovesEnded > 0 &&
      `Moved by hand to the migrated handler, and back with the legacy one by this: ${handMovesEnded}.\n`,
    v2FromLegacy > 0 &&
      `Orders of v2 that the legacy handler had, and the migrated one has from now on: ${v2FromLegacy}. Their messages so far may be\n` +
        'lost: look at proxy replay --type STATE_CHANGE --since TIME --side migrated --dry-run, and send them.\n',
    describeMoves(switched),
    mode === 'rollback' &&
      'Next: proxy divergences, and what the legacy handler has missed: proxy replay --since TIME --side legacy --dry-run.\n',
  ];
  return lines.filter((line) => line !== false).join('');
}
