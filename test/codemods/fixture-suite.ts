import { existsSync, readdirSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import type { Codemod, FindingDraft } from '../../codemods/codemod';
import { codemod as decisions } from '../../codemods/decisions';
import { describeFindings, migrateTexts, readTree } from './run-codemod';

const update = process.env.UPDATE_FIXTURES === '1';

const isHelper = (path: string): boolean =>
  /(?:^|\/)(?:amazon-pay-(?:v2\.|api-sdk)|AmazonPay(?:V2|Notification)\.php$)/.test(path);

const withoutHelper = (files: ReadonlyMap<string, string>): Map<string, string> =>
  new Map([...files].filter(([path]) => !isHelper(path)));

const strategyOf = (name: string): 'instead' | 'beside' => (name.startsWith('beside-') ? 'beside' : 'instead');

function syntaxErrors(path: string, text: string): string[] {
  if (!/\.[cm]?[jt]sx?$/.test(path) || path.endsWith('.d.ts')) return [];
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { allowJs: true, target: ts.ScriptTarget.ES2022 },
  });
  return diagnostics.map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}

function write(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/** Places that somebody has to look at, by file and rule. */
const listOpen = (findings: readonly FindingDraft[]): string[] =>
  findings
    .filter(({ automation, rewritten }) => automation !== 'automatic' || !rewritten)
    .map(({ path, rule }) => `${path} ${rule}`)
    .sort();

const toCrlf = (text: string): string => text.replace(/\r?\n/g, '\r\n');

/**
 * Each folder under fixtures/codemods/<folder> is a case: `input/` as the merchant wrote it, `expected/` as it is after
 * migration (without the emitted helper), `findings.txt` with what is said about it. To write the outputs of a new case,
 * run with UPDATE_FIXTURES=1 and read what came out.
 */
export function describeFixtures(folder: string, codemod: Codemod): void {
  const root = join(__dirname, '../../fixtures/codemods', folder);
  describe.each(readdirSync(root))('%s', (name) => {
    const input = readTree(join(root, name, 'input'));
    const strategy = strategyOf(name);

    it('is rewritten as expected, and every place is listed', async () => {
      const migrated = await migrateTexts(codemod, input, strategy);
      const findings = describeFindings(input, migrated.findings).join('\n') + '\n';
      if (update) {
        write(join(root, name, 'expected'), withoutHelper(migrated.files));
        writeFileSync(join(root, name, 'findings.txt'), findings);
      }
      const expected = existsSync(join(root, name, 'expected'))
        ? readTree(join(root, name, 'expected'))
        : new Map<string, string>();
      expect(Object.fromEntries(withoutHelper(migrated.files))).toEqual(Object.fromEntries(expected));
      expect(findings).toBe(readFileSync(join(root, name, 'findings.txt'), 'utf8'));
    });

    it('comes out as valid syntax', async () => {
      const migrated = await migrateTexts(codemod, input, strategy);
      expect([...migrated.files].flatMap(([path, text]) => syntaxErrors(path, text))).toEqual([]);
    });

    it('stays as it is in a second run', async () => {
      const once = await migrateTexts(codemod, input, strategy);
      const twice = await migrateTexts(codemod, once.files, strategy);
      expect(twice.edits).toEqual([]);
      expect(Object.fromEntries(twice.files)).toEqual(Object.fromEntries(once.files));
    });

    it('keeps CRLF line ends and a missing final newline', async () => {
      const crlf = new Map([...input].map(([path, text]) => [path, toCrlf(text).replace(/\r\n$/, '')]));
      const expected = await migrateTexts(codemod, input, strategy);
      const migrated = await migrateTexts(codemod, crlf, strategy);
      for (const [path, text] of withoutHelper(migrated.files)) {
        expect(text).toBe(toCrlf(expected.files.get(path) ?? '').replace(/\r\n$/, ''));
      }
    });
  });
}

/** What is open after a run stands in the code, or in a comment of its own: else an audit would call it done. */
export function describeOpenPlaces(folder: string, codemod: Codemod): void {
  const root = join(__dirname, '../../fixtures/codemods', folder);
  it.each(readdirSync(root))('%s leaves nothing open that the next run does not find', async (name) => {
    const strategy = strategyOf(name);
    const once = await migrateTexts(codemod, readTree(join(root, name, 'input')), strategy);
    const found = await migrateTexts(codemod, once.files, strategy);
    const marked = await migrateTexts(decisions, once.files, strategy);
    expect(listOpen([...found.findings, ...marked.findings])).toEqual(listOpen(once.findings));
  });
}
