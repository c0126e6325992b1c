import fc from 'fast-check';
import { countCharacters, fitsIn, shorten } from '../../transforms/text';

// A fixed seed: the same run every time, so that a red build is red again.
fc.configureGlobal({ seed: 20130101 });

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const limit = fc.nat({ max: 40 });

describe('shorten', () => {
  test.each([
    ['short text stays', 'Order 7', 16, 'Order 7'],
    ['text of exactly the limit stays', 'abcd', 4, 'abcd'],
    ['long text is cut', 'abcdef', 4, 'abcd'],
    ['an emoji counts once', '😀😀😀', 2, '😀😀'],
    ['an emoji at the limit is kept whole', 'abc😀d', 4, 'abc😀'],
    ['nothing is allowed', '😀', 0, ''],
  ])('%s', (_, text, maxLength, expected) => {
    expect(shorten(text, maxLength)).toBe(expected);
  });

  test('a note of 1024 characters fits the 255 of noteToBuyer', () => {
    expect(countCharacters(shorten('ü'.repeat(1024), 255))).toBe(255);
  });

  test('keeps a prefix of whole characters, as long as the limit allows', () => {
    fc.assert(
      fc.property(anyText, limit, (text, maxLength) => {
        const short = shorten(text, maxLength);
        expect(Array.from(text).slice(0, maxLength).join('')).toBe(short);
        expect(countCharacters(short)).toBe(Math.min(countCharacters(text), maxLength));
      }),
    );
  });

  test('never leaves half a surrogate pair', () => {
    const wellFormed = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(wellFormed, limit, (text, maxLength) => {
        // encodeURIComponent throws on half a pair.
        expect(() => encodeURIComponent(shorten(text, maxLength))).not.toThrow();
      }),
    );
  });

  test('shortening twice is shortening once', () => {
    fc.assert(
      fc.property(anyText, limit, (text, maxLength) => {
        expect(shorten(shorten(text, maxLength), maxLength)).toBe(shorten(text, maxLength));
      }),
    );
  });

  test.each([-1, 1.5, Number.NaN])('refuses the limit %p', (maxLength) => {
    expect(() => shorten('text', maxLength)).toThrow(RangeError);
  });
});

test('fitsIn tells whether anything would be cut', () => {
  expect(fitsIn('a'.repeat(255), 255)).toBe(true);
  expect(fitsIn('a'.repeat(256), 255)).toBe(false);
  expect(fitsIn('😀'.repeat(16), 16)).toBe(true);
});
