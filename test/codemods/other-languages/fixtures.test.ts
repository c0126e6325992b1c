import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FindingDraft } from '../../../codemods/codemod';
import { codemod } from '../../../codemods/other-languages';
import { migrateTexts, readTree } from '../run-codemod';

/**
 * fixtures/other-languages/LANGUAGE: every folder of `found` is a shop, with what is to be found in `findings.txt`
 * (UPDATE_FIXTURES=1 writes it; read what came out). In `look-alikes` nothing is to be found.
 */
const root = join(__dirname, '../../../fixtures/other-languages');
const update = process.env.UPDATE_FIXTURES === '1';

const describeFinding = (text: string, finding: FindingDraft): string => {
  const line = text.slice(0, finding.start).split('\n').length;
  const legacy = finding.legacy.operation ?? finding.legacy.name;
  const place = `${finding.path}:${String(line).padStart(3)}`;
  return `${place} ${finding.confidence} ${finding.rule} ${legacy} -> ${finding.replacement?.name ?? 'nothing'}`;
};

const readShop = (folder: string): Map<string, string> => {
  const shop = readTree(folder);
  shop.delete('findings.txt');
  return shop;
};

async function list(shop: ReadonlyMap<string, string>): Promise<string> {
  const { findings } = await migrateTexts(codemod, shop);
  const lines = findings.map((finding) => describeFinding(shop.get(finding.path) ?? '', finding));
  return lines
    .sort()
    .map((line) => `${line}\n`)
    .join('');
}

for (const language of readdirSync(root)) {
  const found = join(root, language, 'found');
  describe.each(existsSync(found) ? readdirSync(found) : [])(`${language}: %s`, (name) => {
    it('is listed, place by place', async () => {
      const listed = await list(readShop(join(found, name)));
      if (update) writeFileSync(join(found, name, 'findings.txt'), listed);
      expect(listed).toBe(readFileSync(join(found, name, 'findings.txt'), 'utf8'));
    });
  });

  it(`${language}: what only looks like it is left alone`, async () => {
    expect(await list(readShop(join(root, language, 'look-alikes')))).toBe('');
  });
}
