import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codemodList } from '../../src/engine/codemod-list';
import { runEngine } from '../../src/engine/engine';
import type { EngineOptions } from '../../src/engine/outcome';
import type { Run } from '../../src/engine/run';
import { run } from './fake-codemods';
import { auditOptions, createFolder, removeFolders } from './project-folder';

afterEach(() => {
  jest.restoreAllMocks();
  removeFolders();
});

const service = `<?php
function amazon_refund(\\AmazonPay\\Client $client, $id)
{
    return $client->getRefundDetails(['amazon_refund_id' => $id])->toArray();
}
`;
const page = `<?php
function is_paid_back(\\AmazonPay\\Client $client, $id)
{
    return amazon_refund($client, $id)['GetRefundDetailsResult']['RefundDetails']['RefundStatus']['State'] === 'Completed';
}
`;
/** No word of legacy Amazon Pay is in it. */
const theme = '<?php if (amazon_refund($client, $id)[$result] === $done) echo "paid back";\n';
const shop = { 'service.php': service, 'page.php': page };

const callIn = ({ findings }: Run): string | undefined =>
  findings.find(({ rule }) => rule === 'php/operation-call')?.message;

it('follows what a PHP function returns, where all who call it are seen', async () => {
  const { changes, run: report } = await run(createFolder(shop), codemodList, {});
  expect(changes.map(({ path }) => path)).toEqual(['AmazonPayV2.php', 'page.php', 'service.php']);
  expect(
    report.findings.filter(({ file }) => file === 'page.php').map(({ rule, status }) => [rule, status]),
  ).toContainEqual(['php/returned-answer', 'migrated']);
});

it('leaves a call whose answer goes to a file that says nothing of Amazon Pay', async () => {
  const { changes, run: report } = await run(createFolder({ ...shop, 'theme/order.php': theme }), codemodList, {});
  expect(changes).toEqual([]);
  expect(callIn(report)).toContain('It stays, because theme/order.php may use amazon_refund');
});

it('changes the function and who calls it together, or neither', async () => {
  const { changes } = await run(createFolder(shop), codemodList, { declined: ['page.php'] });
  expect(changes).toEqual([]);
});

it('does not list what it wrote as a file of legacy', async () => {
  const handler = "<?php\n$handler = new AmazonPay\\IpnHandler(getallheaders(), file_get_contents('php://input'));\n";
  const { changes } = await run(createFolder({ ...shop, 'ipn.php': handler }), codemodList, {});
  const written = changes.filter(({ path }) => /^AmazonPay/.test(path));
  expect(written.map(({ path }) => path)).toEqual(['AmazonPayNotification.php', 'AmazonPayV2.php']);
  const after = Object.fromEntries(changes.map(({ path, after: text }) => [path, text.toString()]));
  const again = await run(createFolder({ ...shop, 'ipn.php': handler, ...after }), codemodList, {});
  expect(again.run.findings.filter(({ file }) => /^AmazonPay/.test(file))).toEqual([]);
});

it('--cache hears of a new caller in a file that is not searched for legacy code', async () => {
  const root = createFolder(shop);
  const audit = async (more: Partial<EngineOptions>): Promise<Run> =>
    (await runEngine({ ...auditOptions, root, cache: '', ...more })).run;
  // As if the files had been written a while ago: what was written just now is not trusted.
  const now = Date.now() + 60_000;
  jest.spyOn(Date, 'now').mockReturnValue(now);
  expect(callIn(await audit({}))).not.toContain('It stays');
  writeFileSync(join(root, 'theme.php'), theme);
  expect(callIn(await audit({}))).toContain('It stays, because theme.php may use amazon_refund');
});
