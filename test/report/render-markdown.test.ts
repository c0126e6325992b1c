import { maxMarkdownBytes, renderMarkdown } from '../../src/report/render-markdown';
import { createFinding, createRun, mixedRun } from './sample-run';

describe('renderMarkdown', () => {
  it('shows the code of a guidance as code, and all that is said around it', () => {
    const guidance = `In v2:\n\n    const a = {\n      b: \`x\`,\n    };\n\n    send(a);\n\n${'Long. '.repeat(90)}The end.`;
    const text = renderMarkdown(createRun([createFinding({ automation: 'manual', guidance })]));
    expect(text).toContain('\n  In v2:\n\n  ```\n  const a = {\n    b: `x`,\n  };\n\n  send(a);\n  ```\n\n  Long.');
    expect(text).toContain('The end. ([documentation]');
  });

  it('has figures, decisions, a list to tick off, and folded diffs', () => {
    const text = renderMarkdown(mixedRun);
    expect(text).toContain('**33 % ready**, about 1 h 45 min of work left.');
    expect(text).toContain('| migrated | 1 |');
    expect(text).toContain('### Decide (1)');
    expect(text).toContain('- [ ] `src/pay.js:30` SellerCaptureNote has no place in v2');
    expect(text).toContain('### Do by hand (1)');
    expect(text).toContain('- [ ] `src/mws.js:12` Signs MWS requests by hand');
    expect(text).toContain('([documentation](<https://developer.amazon.com/docs/amazon-pay-api-v2/charge.html>))');
    expect(text).toContain('### Migrated automatically (1)');
    expect(text).toContain('- `src/broken.js`: Unexpected token \\(3:1\\)');
    expect(text).toMatch(/<details><summary>src\/pay\.js<\/summary>\n\n```diff\n[\s\S]*\n```\n\n<\/details>/);
    expect(text).not.toContain('Cut to');
  });

  it('lets nothing stand behind the fence of code that ends a guidance', () => {
    const guidance = 'In v2:\n\n    send(a);';
    const one = renderMarkdown(createRun([createFinding({ automation: 'manual', guidance })]));
    expect(one).toContain('  send(a);\n  ```\n\n  ([documentation](<https://developer');
    const two = Array.from({ length: 2 }, () => createFinding({ automation: 'manual', guidance }));
    expect(renderMarkdown(createRun(two))).toContain('send(a);\n```\n\n([documentation](<https://developer');
  });

  it('takes the markup from hostile text', () => {
    const hostile = createFinding({
      automation: 'manual',
      file: 'a`|`b<img src=x>.js',
      message:
        '</details><script>alert(1)</script> [x](javascript:alert(1)) | `code` @somebody https://evil.example\n# head',
      docs: 'javascript:alert(1)',
    });
    const text = renderMarkdown(createRun([hostile]));
    expect(text).toContain('- [ ] ``a`|`b<img src=x>.js:12`` &lt;/details&gt;&lt;script&gt;');
    expect(text).toContain(
      '\\[x\\]\\(javascript:alert\\(1\\)\\) &#124; \\`code\\` @&#8203;somebody https:&#8203;//evil.example \\# head',
    );
    expect(text).not.toContain('](<javascript');
    expect(text).not.toContain('<script');
  });

  it('keeps a diff inside its fence, and its file name inside the summary', () => {
    const diff = '@@ -1 +1 @@\n-a\n+````\n+</details>\n';
    const run = createRun(
      [],
      [{ path: '</summary><b>`x`', language: 'other', status: 'changed', reason: 'changed', diff }],
    );
    const text = renderMarkdown(run);
    expect(text).toContain('`````diff\n@@ -1 +1 @@\n-a\n+````\n+</details>\n`````\n');
    expect(text).toContain('<summary>&#60;/summary&#62;&#60;b&#62;&#96;x&#96;</summary>');
  });

  it('keeps a pipe inside its table cell', () => {
    const text = renderMarkdown(createRun([createFinding({ rule: 'a\\|b`c' })]));
    const row = text.split('\n').find((line) => line.startsWith('| <code>'));
    expect(row).toContain('<code>a&#92;&#124;b&#96;c</code>');
    expect(row?.split('|')).toHaveLength(6);
  });

  it('stays below the bound, whole blocks only, and says what is missing', () => {
    const findings = Array.from({ length: 400 }, (_, index) =>
      createFinding({
        fingerprint: `${index}`,
        automation: 'manual',
        message: `é${'x'.repeat(90)}`,
        guidance: `Do ${index}.`,
      }),
    );
    const big = {
      path: 'big.js',
      language: 'javascript',
      status: 'changed',
      reason: 'changed',
      diff: '+y\n'.repeat(20_000),
    } as const;
    const small = { ...big, path: 'small.js', diff: '+z\n' };
    const text = renderMarkdown(createRun(findings, [big, small]));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxMarkdownBytes);
    expect(Buffer.byteLength(text)).toBeGreaterThan(maxMarkdownBytes - 2000);
    expect(text).toMatch(
      /Cut to 60 kB\.\*\* Left out: \d+ manual places, .*diff.*The whole report: `--report report\.json`/,
    );
    expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
    expect(text.match(/- \[ \]/g)?.length).toBeGreaterThan(100);
  });

  it('still shows small diffs when one is too large', () => {
    const big = {
      path: 'big.js',
      language: 'javascript',
      status: 'changed',
      reason: 'changed',
      diff: '+y\n'.repeat(30_000),
    } as const;
    const text = renderMarkdown(createRun([], [big, { ...big, path: 'small.js', diff: '+z\n' }]));
    expect(text).toContain('<summary>small.js</summary>');
    expect(text).toContain('Left out: 1 diff.');
  });

  it('tells nothing found from nothing looked at', () => {
    const none = createRun([]);
    expect(renderMarkdown(none)).toContain('No legacy Amazon Pay in 40 files.');
    none.summary.files.scanned = 0;
    expect(renderMarkdown(none)).toContain('No file was looked at.');
  });
});
