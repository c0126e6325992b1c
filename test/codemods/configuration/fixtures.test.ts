import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codemod } from '../../../codemods/configuration';
import type { FindingDraft } from '../../../codemods/codemod';
import { migrateTexts, readTree } from '../run-codemod';

/**
 * Each folder under fixtures/codemods/configuration is a case: `input/` holds a project, `findings.txt` what is said about
 * it. Values that must stay secret start with VALUE-. To write the findings of a new case, run with UPDATE_FIXTURES=1 and
 * read what came out.
 */
const root = join(__dirname, '../../../fixtures/codemods/configuration');
const update = process.env.UPDATE_FIXTURES === '1';

/** A finding on one line: where, how sure, which text, and what is said. */
function describeFinding(files: ReadonlyMap<string, string>, finding: FindingDraft): string {
  const text = files.get(finding.path) ?? '';
  const line = text.slice(0, finding.start).split('\n').length;
  const { rule, confidence, message } = finding;
  return `${finding.path}:${line} [${text.slice(finding.start, finding.end)}] ${rule} (${confidence}) ${message}`;
}

describe.each(readdirSync(root))('%s', (name) => {
  const input = readTree(join(root, name, 'input'));

  it('lists every place', async () => {
    const { findings } = await migrateTexts(codemod, input);
    const listed = [...findings.map((finding) => describeFinding(input, finding)).sort(), ''].join('\n');
    const file = join(root, name, 'findings.txt');
    if (update) writeFileSync(file, listed);
    expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(listed);
  });

  it('changes nothing, and leaves every decision to the merchant', async () => {
    const { edits, findings, files } = await migrateTexts(codemod, input);
    expect(edits).toEqual([]);
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(input));
    expect(findings.filter(({ automation, rewritten }) => automation !== 'manual' || rewritten)).toEqual([]);
  });

  it('shows no value', async () => {
    const { findings } = await migrateTexts(codemod, input);
    const shown = findings.map(
      (finding) => JSON.stringify(finding) + (input.get(finding.path) ?? '').slice(finding.start, finding.end),
    );
    expect(shown.join('\n')).not.toContain('VALUE-');
  });
});

it('finds nothing in look-alikes', async () => {
  const { findings } = await migrateTexts(codemod, readTree(join(root, 'look-alikes', 'input')));
  expect(findings).toEqual([]);
});
