import fc from 'fast-check';
import { applyEdits } from '../../codemods/rewriting/apply-edits';
import { findOverlap, mapBackward, mapForward, sortSpans, type Span } from '../../src/engine/apply-edits';

const text = 'abcdefghij';

/** Edits that do not overlap, at sorted places. */
const spans = fc
  .uniqueArray(fc.integer({ min: 0, max: text.length }), { maxLength: 6 })
  .chain((places) =>
    fc.tuple(
      fc.constant(places.sort((a, b) => a - b)),
      fc.array(fc.constantFrom('', 'X', 'YY', 'ZZZ'), { minLength: 3, maxLength: 3 }),
    ),
  )
  .map(([places, texts]): Span[] =>
    texts.flatMap((replacement, index) => {
      const [start, end] = [places[2 * index], places[2 * index + 1]];
      return start === undefined || end === undefined ? [] : [{ start, end, text: replacement }];
    }),
  );

it('keeps the order of insertions at one place, before a replacement that starts there', () => {
  const edits = sortSpans([
    { start: 2, end: 4, text: '<>' },
    { start: 2, end: 2, text: '1' },
    { start: 2, end: 2, text: '2' },
  ]);
  expect(applyEdits(text, edits)).toBe('ab12<>efghij');
  expect(findOverlap(edits)).toBeUndefined();
});

it.each([
  [[0, 3], [2, 5], true],
  [[0, 3], [3, 5], false],
  [[0, 3], [1, 1], true],
  [[0, 3], [3, 3], false],
  [[2, 2], [2, 2], false],
])('%j and %j overlap: %s', ([a = 0, b = 0], [c = 0, d = 0], expected) => {
  const sorted = sortSpans([
    { start: a, end: b, text: '' },
    { start: c, end: d, text: '' },
  ]);
  expect(findOverlap(sorted) !== undefined).toBe(expected);
});

it('maps untouched text forward to itself, and back', () => {
  fc.assert(
    fc.property(spans, fc.nat(text.length - 1), (edits, offset) => {
      const after = applyEdits(text, edits);
      fc.pre(!edits.some(({ start, end }) => offset >= start && offset < end));
      // The character after an insertion is found from its end.
      const start = mapForward(edits, offset + 1, 'start') - 1;
      fc.pre(!edits.some(({ start: from }) => from === offset + 1) || after[start] === text[offset]);
      expect(after[start]).toBe(text[offset]);
      expect(mapBackward(edits, start, 'start')).toEqual({ offset, isInside: false });
    }),
    { seed: 1 },
  );
});

it('says that a place is inside what an edit wrote', () => {
  const edits = [{ start: 2, end: 4, text: 'XYZ' }];
  expect(mapBackward(edits, 3, 'start')).toEqual({ offset: 2, isInside: true });
  expect(mapBackward(edits, 3, 'end')).toEqual({ offset: 4, isInside: true });
  expect(mapBackward(edits, 5, 'start')).toEqual({ offset: 4, isInside: false });
  expect([mapForward(edits, 3, 'start'), mapForward(edits, 3, 'end')]).toEqual([2, 5]);
});

it('counts inserted text to what follows from its start, and to what ends before it from its end', () => {
  const edits = [{ start: 4, end: 4, text: '// TODO\n' }];
  expect([mapForward(edits, 4, 'start'), mapForward(edits, 4, 'end')]).toEqual([4, 12]);
});
