import { codemod } from '../../../codemods/php';
import { migrateTexts } from '../run-codemod';

const nested = (levels: number): string =>
  `<?php\n$client = new AmazonPay\\Client([]);\n$x = ${'('.repeat(levels)}1${')'.repeat(levels)};\n` +
  `$client->closeOrderReference(['amazon_order_reference_id' => 'S01-1234567-1234567']);\n`;

it('reads code that people may write, and names a file that is nested deeper', async () => {
  const files = new Map([
    ['written.php', nested(20)],
    ['hostile.php', nested(20_000)],
  ]);
  const { failures, edits } = await migrateTexts(codemod, files);
  expect(failures).toEqual([{ path: 'hostile.php', error: 'nested deeper than 1000 levels' }]);
  expect([...new Set(edits.map(({ path }) => path))]).toEqual(['written.php']);
});

it('leaves a file alone that the parser does not wholly understand', async () => {
  const { failures, edits } = await migrateTexts(
    codemod,
    new Map([['broken.php', nested(2).replace('$x = ', '$x = = ')]]),
  );
  expect(edits).toEqual([]);
  expect(failures).toEqual([{ path: 'broken.php', error: expect.stringContaining('syntax error') }]);
});
