/** Searches a folder with the compiled code, from so many files on in threads, and prints what it found. */
const { searchTree } = require('../../dist/src/workspace/search-tree.js');

const [root, threadsFrom, abortAfter] = process.argv.slice(2);
let batches = 0;
let idle = 0;
searchTree(root, {
  include: [],
  wanted: { markers: ['offAmazonPayments', 'amazon-payments'] },
  threadsFrom: Number(threadsFrom),
  onBatch: async () => {
    batches += 1;
    if (batches > Number(abortAfter)) throw new Error('stopped');
    await new Promise((resolve) => setImmediate(resolve));
  },
  onIdle: async (hits) => {
    idle += hits.length;
  },
}).then(
  ({ paths, hits, imports, skipped, failed }) => {
    const found = hits.map(({ path, found }) => ({ path, ...found }));
    const importers = [...imports.filesThatName(['client'])].map((file) => paths[file]);
    const byPath = (a, b) => (a.path < b.path ? -1 : 1);
    const result = {
      paths: [...paths].sort(),
      found: found.sort(byPath),
      importers: importers.sort(),
      skipped,
      failed,
    };
    console.log(JSON.stringify({ result, idle }));
  },
  (error) => console.log(JSON.stringify({ error: error.message })),
);
