import type { Run } from '../../src/engine/run';
import { createFinding, createRun } from './sample-run';

/** Text that means something to a spreadsheet, to XML, HTML, a terminal, or a log reader. */
export const hostileTexts = [
  '=HYPERLINK("http://evil.example","x")',
  "+1+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(1)',
  '\tindented, "quoted"',
  '\rreturn',
  '  =1+1',
  '＝1+1',
  '</script><script>document.title="owned"</script>',
  '<img src=x onerror=document.title="owned">',
  ']]>&amp;<!--',
  'null \u0000 bell \u0007 escape \u001b[2J end',
  'half \ud83d character, \ufffe and \uffff',
  'right \u202eto left',
  '::error file=x::injected\n::warning::second line',
  '%0A::error::escaped, and: a colon',
];

/** A place for each of them, in its file name, message, guidance and code. */
export const hostileRun: Run = createRun(
  hostileTexts.map((text, index) =>
    createFinding({
      fingerprint: `hostile-${index}`,
      file: `src/${text}.js`,
      message: text,
      guidance: text,
      before: `${text}\n${text}`,
      after: text,
      legacy: { name: text },
      replacement: { name: text },
      rule: index === 0 ? text : 'node-client/operation-call',
      docs: index === 0 ? 'javascript:alert(1)' : 'https://developer.amazon.com/docs/x.html',
    }),
  ),
  [
    {
      path: hostileTexts[8] ?? '',
      language: 'javascript',
      status: 'failed',
      reason: 'unparseable',
      error: hostileTexts[9] ?? '',
    },
  ],
  { scope: [{ folder: hostileTexts[8] ?? '', since: hostileTexts.join('') }] },
);
