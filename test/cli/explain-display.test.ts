import { PassThrough } from 'node:stream';
import { ruleExamples } from '../../src/catalog/rule-examples';
import { rules } from '../../src/catalog';
import { handleExplain } from '../../src/cli/handle-explain';

function explain(
  name: string,
  terminal: { readonly isTTY?: boolean; readonly columns?: number } = {},
  environment: Record<string, string> = {},
): string {
  const stdout = Object.assign(new PassThrough(), terminal);
  handleExplain({ name }, { stdout, environment });
  return String(stdout.read());
}

const RED = '\u001b[31m';
const GREEN = '\u001b[32m';

describe('explain on a terminal', () => {
  it.each(Object.values(rules))('$id is told in the words of the catalog', ({ id, title, what, guidance, docs }) => {
    const text = explain(id);
    for (const words of [id, title, what, guidance, docs]) expect(text).toContain(words);
  });

  it.each(Object.keys(ruleExamples))('%s is shown before and after, and by hand', (id) => {
    const text = explain(id);
    const { file, byHand, before, after } = ruleExamples[id] ?? { file: '', before: '', after: '' };
    expect(text).toContain(file);
    if (byHand !== undefined) expect(text).toContain(byHand);
    const diff = (text.split('Before (-) and after (+)')[1] ?? '').split('\n\n')[1]?.split('\n') ?? [];
    const side = (mark: string): string =>
      diff.flatMap((line) => (line.startsWith(' ') || line.startsWith(mark) ? [`${line.slice(1)}\n`] : [])).join('');
    expect(side('-')).toBe(before);
    expect(side('+')).toBe(after);
  });

  it('paints what goes red and what comes green', () => {
    const text = explain('browser/script', { isTTY: true, columns: 80 });
    expect(text).toContain(`${RED}-<script src="https://static-eu.payments-amazon.com/OffAmazonPayments/`);
    expect(text).toContain(`${GREEN}+<script src="https://static-eu.payments-amazon.com/checkout.js">`);
  });

  it('paints nothing under NO_COLOR, and nothing into a pipe', () => {
    expect(explain('browser/script', { isTTY: true }, { NO_COLOR: '1' })).not.toContain('\u001b');
    expect(explain('browser/script')).not.toContain('\u001b');
  });

  it('breaks what is told between words on a narrow terminal, and leaves code and addresses whole', () => {
    const text = explain('ipn/answer', { isTTY: true, columns: 40 }, { NO_COLOR: '1' });
    const code = (ruleExamples['ipn/answer']?.before ?? '') + (ruleExamples['ipn/answer']?.after ?? '');
    const long = text.split('\n').filter((line) => line.length > 40 && !code.includes(line.slice(1)));
    expect(long.filter((line) => !/https:|amazon-pay-migrate audit/.test(line))).toEqual([]);
    expect(text.replace(/\s+/g, ' ')).toContain(rules['ipn/answer']?.guidance);
  });

  it('breaks what is told of an operation, too', () => {
    const lines = explain('Capture', { isTTY: true, columns: 60 }, { NO_COLOR: '1' }).split('\n');
    expect(lines.filter((line) => line.length > 60 && !line.includes('https:'))).toEqual([]);
  });
});
