import * as fc from 'fast-check';
import { strongMarkers } from '../../src/catalog';
import { compileMarkers, type MarkerMatch } from '../../src/workspace/match-markers';

/** What the compiled search must find: the leftmost match, of two at one place the one listed first. */
function findNaively(bytes: Buffer, markers: readonly string[], from: number, end: number): MarkerMatch | undefined {
  for (let offset = from; offset < end; offset += 1) {
    for (const marker of markers) {
      if (offset + marker.length > end) continue;
      if (bytes.toString('latin1', offset, offset + marker.length) === marker) return { marker, offset };
    }
  }
  return undefined;
}

/** Few letters, so that markers overlap, repeat and contain each other. */
const narrow = fc.string({ unit: fc.constantFrom('a', 'b', '\xff'), minLength: 2, maxLength: 6 });

it('finds what a naive search finds, in random bytes of few kinds', () => {
  fc.assert(
    fc.property(
      fc.array(narrow, { minLength: 1, maxLength: 6 }),
      fc.array(fc.constantFrom(0x61, 0x62, 0xff), { maxLength: 40 }),
      fc.nat(8),
      fc.nat(8),
      (markers, values, from, cut) => {
        const bytes = Buffer.from(values);
        const end = Math.max(0, bytes.length - cut);
        expect(compileMarkers(markers).find(bytes, from, end)).toEqual(findNaively(bytes, markers, from, end));
      },
    ),
    { seed: 2, numRuns: 5000 },
  );
});

it('finds the markers of the catalog among any bytes', () => {
  const matcher = compileMarkers(strongMarkers);
  const pieces = fc.oneof(
    fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(...strongMarkers, 'amazon', 'MWS_', 'OrderReference').map((text) => Buffer.from(text, 'latin1')),
    // Markers that are cut off.
    fc.tuple(fc.constantFrom(...strongMarkers), fc.nat(30)).map(([text, cut]) => Buffer.from(text.slice(0, cut))),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 6 }), (parts) => {
      const bytes = Buffer.concat(parts);
      expect(matcher.find(bytes, 0, bytes.length)).toEqual(findNaively(bytes, strongMarkers, 0, bytes.length));
    }),
    { seed: 3, numRuns: 2000 },
  );
});

it('knows markers of any length from two bytes on', () => {
  const long = 'x'.repeat(400) + 'y';
  const matcher = compileMarkers([long, long.slice(1)]);
  expect(matcher.find(Buffer.from(`${'x'.repeat(2000)}y`), 0, 2001)).toEqual({ marker: long, offset: 1600 });
  expect(matcher.longest).toBe(401);
  expect(() => compileMarkers(['ab', 'c'])).toThrow(RangeError);
  expect(() => compileMarkers([])).toThrow(RangeError);
});
