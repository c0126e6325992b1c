import type { Operation } from '../../src/catalog/types';

/** Spells out the v2 call that takes the place of an MWS request: the method, and where each parameter goes. */
export function describeCall(row: Operation): string {
  if (row.v2 === null) return row.guidance;
  const moves = Object.entries(row.request).map(([name, { to, via }]) => {
    if (to === null) return `${name}: dropped`;
    const target = to.replace(/^(?:path|body|header)\./, '');
    return `${name} → ${target}${via === 'toChargeId' ? ' (A becomes C)' : ''}`;
  });
  return `Call ${row.v2.sdkMethod}(${row.v2.arguments.join(', ')}): ${moves.join('; ')}. ${row.guidance}`;
}
