import fc from 'fast-check';
import { escapeMarkdown, toFencedBlock, toInlineCode } from '../../src/report/escape-markdown';
import { formatEffort, formatReadiness } from '../../src/report/format-figures';
import { paintDiff } from '../../src/report/paint-diff';
import { createColours } from '../../src/report/colours';
import { toOneLine } from '../../src/report/plain-text';

describe('toOneLine', () => {
  it('is one printable line of bounded length, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
        const line = toOneLine(text, 100);
        expect(line.length).toBeLessThanOrEqual(100);

        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e]/);
        expect(line).not.toMatch(/\p{Surrogate}/u);
      }),
    );
  });

  it('does not cut a character in half', () => {
    expect(toOneLine('a😀😀', 4)).toBe('a😀…');
  });
});

describe('Markdown escapes', () => {
  it('leave no live markup in a line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const escaped = escapeMarkdown(text);
        expect(escaped).not.toMatch(/[<>\n]/);
        expect(escaped.replace(/\\[\\`*_{}[\]()#+!|~$]/g, '')).not.toMatch(/[`*_[\]|]/);
      }),
    );
  });

  it('choose a fence that the text does not contain', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('`', '``', 'x', '\n'), { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        const fence = /^`+/.exec(toFencedBlock(text, 'diff'))?.[0] ?? '';
        expect(fence.length).toBeGreaterThanOrEqual(3);
        expect(text).not.toContain(fence);
        const code = toInlineCode(text);
        if (code !== '') expect(text.replace(/\n/g, ' ').trim().split(/[^`]+/)).not.toContain(/^`+/.exec(code)?.[0]);
      }),
    );
  });
});

describe('paintDiff', () => {
  it('paints by kind of line, and never sends an escape sequence of the merchant', () => {
    const painted = paintDiff('--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\r\n+b\u001b[2J\r\n c', createColours(true));
    expect(painted).toBe(
      '\u001b[1m--- a/x\u001b[22m\n\u001b[1m+++ b/x\u001b[22m\n\u001b[36m@@ -1 +1 @@\u001b[39m\n' +
        '\u001b[31m-a\u001b[39m\n\u001b[32m+b\\x1b[2J\u001b[39m\n c',
    );
  });
});

describe('figures', () => {
  it.each([
    [0, '0 min'],
    [0.2, '1 min'],
    [59.5, '1 h'],
    [60, '1 h'],
    [95, '1 h 35 min'],
  ])('%d minutes are %s', (minutes, text) => {
    expect(formatEffort(minutes)).toBe(text);
  });

  it('never calls 99.9 percent done', () => {
    expect(formatReadiness(99.9)).toBe('99 %');
    expect(formatReadiness(100)).toBe('100 %');
  });
});
