import { codemodList } from '../../src/engine/codemod-list';
import { run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

it('finds the beginning of a package in the configuration of a bundler that holds no word of legacy Amazon Pay', async () => {
  const external = (quote: string): string =>
    `export default { external: (id) => id.startsWith(${quote}amazon-pay${quote}) };\n`;
  const folder = createFolder({
    'rollup.config.mjs': external("'"),
    'vite.config.mjs': external('"'),
    // The shop's own words for what v2 is paid with.
    'src/method.js': `exports.isAmazon = (method) => method.startsWith('amazon-pay');\n`,
    'src/Method.kt': `fun isAmazon(method: String) = method.startsWith("amazon-pay")\n`,
    'src/Method.vue': `<script>export default { isAmazon: (method) => method.startsWith("amazon-pay") }</script>\n`,
  });
  const { run: report } = await run(folder, codemodList, {});
  expect(report.findings).toMatchObject([
    { file: 'rollup.config.mjs', rule: 'dependency/named-package', confidence: 'medium' },
    { file: 'vite.config.mjs', rule: 'dependency/named-package', confidence: 'medium' },
  ]);
});
