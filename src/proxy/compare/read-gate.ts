import { listOpen } from '../store/comparisons';
import type { Queries } from '../store/database';
import { listDeletedTypes } from '../store/deleted-types';
import { readWaiting } from '../store/evidence-figures';
import { countKeptAside } from '../store/quarantine';
import type { Tallies } from '../store/tallies';
import { listMissedChanges } from '../truth/missed-changes';
import { exactLowerBound } from './exact-bound';
import type { EvidenceOptions, Evidence } from './evidence';
import { openGate } from './gate';

/**
 * The gate over all that is kept, by the figures that the store keeps up to date. The evidence counts them anew; `verify`
 * compares the two.
 */
export async function readGate(
  queries: Queries,
  tallies: Tallies,
  { now, settings }: Omit<EvidenceOptions, 'since'>,
): Promise<{
  readonly gate: Evidence['gate'];
  readonly orders: Evidence['orders'];
  readonly missed: number;
  readonly types: readonly string[];
}> {
  const compared = tallies.get('orders:compared');
  const differing = tallies.get('orders:differing');
  const incomparable = tallies.get('orders:incomparable');
  const agreeing = compared - differing;
  const { confidence } = settings.gate;
  const waiting = await readWaiting(queries, now);
  const { length: missed } = await listMissedChanges(queries, 0);
  const has = (name: string): number => (tallies.hasAgreed(name) ? 1 : 0);
  const deleted = (await listDeletedTypes(queries, 0)).map(({ type }) => type);
  const types = [...new Set([...tallies.list('type:').map(([type]) => type), ...deleted])];
  const findings = {
    orders: { compared, agreeing, differing, incomparable },
    agreement: {
      observed: compared === 0 ? null : agreeing / compared,
      atLeast: exactLowerBound(agreeing, compared, confidence),
      confidence,
    },
    coverage: {
      types: types.map((type) => ({ type, agreeingOrders: has(`type:${type}`), hasAgreedBefore: false })),
      transitions: tallies
        .list('transition:')
        .map(([transition]) => ({ transition, agreeing: has(`transition:${transition}`) })),
    },
    openDifferences: await listOpen(queries, 0),
    missed: { length: missed },
    deadLetters: waiting.dead,
    keptAside: (await countKeptAside(queries)).genuine,
    lagMs: waiting.oldest === null ? 0 : Math.max(0, now - waiting.oldest),
  };
  return { gate: openGate(findings, settings.gate), orders: findings.orders, missed, types };
}
