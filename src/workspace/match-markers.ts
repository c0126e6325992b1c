/** Where a marker starts, and which it is. */
export interface MarkerMatch {
  readonly marker: string;
  readonly offset: number;
}

export interface MarkerMatcher {
  /** Bytes of the longest marker. */
  readonly longest: number;
  /** The first match at or after `from` in `bytes[0, end)`; of two at one place the one that is listed first. */
  find(bytes: Uint8Array, from: number, end: number): MarkerMatch | undefined;
}

/**
 * Compiles markers for one pass over bytes (Wu and Manber: a table says how far a pair of bytes is from the end of the
 * nearest marker, and the search jumps that far). Most bytes are never looked at, and more markers cost next to nothing.
 *
 * @param markers at least two characters each, none above U+00FF
 */
export function compileMarkers(markers: readonly string[]): MarkerMatcher {
  const shortest = Math.min(...markers.map(({ length }) => length));
  if (!(shortest >= 2 && Number.isFinite(shortest))) throw new RangeError('Markers have at least two characters.');
  const jumps = new Uint8Array(65536).fill(Math.min(shortest - 1, 255));
  const endings = new Map<number, { readonly marker: string; readonly bytes: Buffer }[]>();
  for (const marker of markers) {
    const bytes = Buffer.from(marker, 'latin1');
    for (let at = 1; at < shortest; at += 1) {
      const pair = pairOf(bytes, at);
      jumps[pair] = Math.min(jumps[pair] ?? 0, shortest - 1 - at);
    }
    const ending = pairOf(bytes, shortest - 1);
    endings.set(ending, [...(endings.get(ending) ?? []), { marker, bytes }]);
  }
  return {
    longest: Math.max(...markers.map(({ length }) => length)),
    find: (bytes, from, end) => {
      let at = from + shortest - 1;
      while (at < end) {
        const pair = pairOf(bytes, at);
        const jump = jumps[pair] ?? 0;
        if (jump > 0) {
          at += jump;
          continue;
        }
        const offset = at - shortest + 1;
        for (const candidate of endings.get(pair) ?? []) {
          if (startsWith(bytes, offset, end, candidate.bytes)) return { marker: candidate.marker, offset };
        }
        at += 1;
      }
      return undefined;
    },
  };
}

const pairOf = (bytes: Uint8Array, at: number): number => ((bytes[at - 1] ?? 0) << 8) | (bytes[at] ?? 0);

function startsWith(bytes: Uint8Array, offset: number, end: number, marker: Uint8Array): boolean {
  if (offset + marker.length > end) return false;
  for (let index = 0; index < marker.length; index += 1) {
    if (bytes[offset + index] !== marker[index]) return false;
  }
  return true;
}
