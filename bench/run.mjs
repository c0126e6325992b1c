/**
 * Times `audit` and `migrate` over generated trees against what searching and parsing the same trees cost. Every command is
 * a whole process; the rounds are interleaved, so that a slow minute of the machine hits all of them. Nothing is asserted:
 * the figures are for reading.
 *
 *   npm run build && node bench/run.mjs [--runs=5] [--slow-runs=3] [--files=10000,100000] [--legacy=0,50,5000] [--seed=1]
 *                                       [--templates | --php] [--tree=FOLDER] [--cold] [--json]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateTree } from './generate-tree.mjs';
import { measure, median, memorySource } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const project = dirname(here);
const main = join(project, 'dist/src/cli/main.js');
const jscodeshift = join(project, 'node_modules/jscodeshift/bin/jscodeshift.js');

const DEFAULTS = { runs: 5, 'slow-runs': 3, files: [10_000], legacy: [50], seed: 1 };
/** Legacy files from which on analysing them takes so long that it is run as often as what parses everything. */
const MANY_LEGACY = 1000;

function readOptions(values) {
  const options = { ...DEFAULTS, json: false };
  for (const value of values) {
    const number = /^--(runs|slow-runs|seed)=(\d+)$/.exec(value);
    const list = /^--(files|legacy)=(\d+(?:,\d+)*)$/.exec(value);
    const tree = /^--tree=(.+)$/.exec(value);
    if (number !== null) options[number[1]] = Number(number[2]);
    else if (list !== null) options[list[1]] = list[2].split(',').map(Number);
    else if (tree !== null) options.tree = resolve(tree[1]);
    else if (value === '--templates') options.templates = true;
    else if (value === '--php') options.php = true;
    else if (value === '--cold') options.cold = true;
    else if (value === '--json') options.json = true;
    else
      throw new Error(
        `Unknown option ${value}. Known: --runs --slow-runs --files --legacy --seed --templates --php --tree --cold --json`,
      );
  }
  return options;
}

const isInstalled = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

/** What is compared. `found` reads the number of legacy files off the output; `codes` are the exit codes of a good run. */
function contenders(tree, legacy, markers, cache, isCold) {
  const hasRipgrep = isInstalled('rg');
  const lines = (text) => text.split('\n').filter(Boolean).length;
  return [
    { name: 'node -e 0', command: [process.execPath, '-e', '0'], codes: [0] },
    hasRipgrep
      ? {
          name: 'rg -l -F -f markers',
          // Cold, many readers are what a disk wants.
          command: ['rg', ...(isCold ? ['-j16'] : []), '-l', '-F', '-f', markers, tree],
          codes: [0, 1],
          found: lines,
        }
      : { name: 'grep -rlF -f markers', command: ['grep', '-rlF', '-f', markers, tree], codes: [0, 1], found: lines },
    {
      name: 'amazon-pay-migrate audit',
      command: [process.execPath, main, 'audit', tree, '--quiet', '--json'],
      codes: [0, 3],
      found: filesWithFindings,
      slow: legacy >= MANY_LEGACY,
      missing: !existsSync(main),
    },
    {
      // The warm-up rounds write the cache: the first finds files that are too new to be trusted.
      name: 'amazon-pay-migrate audit --cache',
      command: [process.execPath, main, 'audit', tree, '--quiet', '--json', `--cache=${cache}`],
      codes: [0, 3],
      found: filesWithFindings,
      missing: !existsSync(main),
    },
    {
      name: 'amazon-pay-migrate migrate',
      command: [process.execPath, main, 'migrate', tree, '--quiet', '--json'],
      codes: [0, 3],
      found: filesWithFindings,
      slow: true,
      missing: !existsSync(main),
    },
    {
      name: 'jscodeshift, parse only',
      command: [
        process.execPath,
        jscodeshift,
        '-t',
        join(here, 'no-op-transform.js'),
        '--dry',
        '--silent',
        '--extensions=js,ts',
        '--parser=tsx',
        tree,
      ],
      codes: [0],
      slow: true,
      missing: !existsSync(jscodeshift),
    },
  ];
}

function filesWithFindings(text) {
  const { findings } = JSON.parse(text);
  return new Set(findings.map(({ file }) => file)).size;
}

/** The words that the tool itself looks for, one a line. */
function writeMarkers(folder) {
  const catalog = join(project, 'dist/src/catalog/index.js');
  if (!existsSync(catalog)) throw new Error('There is nothing to measure: run `npm ci && npm run build` first.');
  const file = join(folder, 'markers.txt');
  writeFileSync(file, `${createRequire(import.meta.url)(catalog).strongMarkers.join('\n')}\n`);
  return file;
}

/** Makes the kernel forget what it has read; only root may. */
function dropCaches() {
  spawnSync('sync');
  writeFileSync('/proc/sys/vm/drop_caches', '3');
}

async function runRounds(all, options) {
  const results = new Map(all.map(({ name }) => [name, { times: [], peaks: [] }]));
  // Round 0 warms the page cache and is not counted.
  for (let round = 0; round <= options.runs; round += 1) {
    for (const contender of all) {
      if (contender.slow === true && (round === 0 || round > options['slow-runs'])) continue;
      if (options.cold) dropCaches();
      const { milliseconds, peakKilobytes, code, stdout, stderr } = await measure(contender.command, { cwd: tmpdir() });
      if (!contender.codes.includes(code)) {
        throw new Error(
          `${contender.name} ended with code ${code}; its time would mean nothing.\n${stderr.slice(-2_000)}`,
        );
      }
      const result = results.get(contender.name);
      result.found ??= contender.found?.(stdout);
      if (round === 0) continue;
      result.times.push(milliseconds);
      if (peakKilobytes !== undefined) result.peaks.push(peakKilobytes);
    }
    process.stderr.write(`round ${round} of ${options.runs}${round === 0 ? ' (warm-up)' : ''}\n`);
  }
  return results;
}

function summarise(all, results) {
  const search = median(results.get(all[1].name).times);
  return all.map(({ name }) => {
    const { times, peaks, found } = results.get(name);
    const middle = median(times);
    return {
      name,
      runs: times.length,
      medianMs: middle === undefined ? undefined : Math.round(middle),
      minMs: times.length === 0 ? undefined : Math.round(Math.min(...times)),
      timesSearch: middle === undefined || search === undefined ? undefined : Number((middle / search).toFixed(2)),
      peakMb: peaks.length === 0 ? undefined : Math.round(Math.max(...peaks) / 1024),
      found,
    };
  });
}

function print(rows, search) {
  const titles = ['command', 'runs', 'median ms', 'min ms', `x ${search}`, 'peak MB', 'files named'];
  const cells = rows.map((row) =>
    [row.name, row.runs, row.medianMs, row.minMs, row.timesSearch, row.peakMb, row.found].map((cell) =>
      String(cell ?? '-'),
    ),
  );
  const widths = titles.map((title, column) => Math.max(title.length, ...cells.map((line) => line[column].length)));
  const line = (values) =>
    `| ${values.map((value, column) => (column === 0 ? value.padEnd(widths[column]) : value.padStart(widths[column]))).join(' | ')} |`;
  console.log(line(titles));
  console.log(
    `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`,
  );
  cells.forEach((values) => console.log(line(values)));
}

async function runTree(tree, content, markers, options) {
  const cache = join(dirname(markers), `cache-${content?.files ?? 'tree'}-${content?.legacy ?? ''}`);
  const known = contenders(tree, content?.legacy ?? 0, markers, cache, options.cold === true);
  const all = known.filter(({ missing }) => missing !== true);
  for (const { name } of known.filter(({ missing }) => missing === true))
    process.stderr.write(`${name} is left out: run \`npm ci && npm run build\` first.\n`);
  const rows = summarise(all, await runRounds(all, options));
  if (options.json) return { tree: content, rows };
  if (content !== undefined)
    console.log(
      `${content.files} files, ${(content.bytes / 1e6).toFixed(1)} MB, ${content.legacy} legacy, seed ${options.seed}\n`,
    );
  if (!all[1].name.startsWith('rg')) console.log('ripgrep is not installed; grep stands in for it and is slower.\n');
  print(rows, all[1].command[0]);
  console.log('');
  return undefined;
}

async function runBenchmark(options) {
  const machine = { node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model, memory: memorySource };
  if (!options.json)
    console.log(`Node ${machine.node}, ${machine.cpus} CPUs (${machine.cpu}); peak memory: ${machine.memory}\n`);
  const results = [];
  const folder = mkdtempSync(join(tmpdir(), 'amazon-pay-bench-'));
  try {
    const markers = writeMarkers(folder);
    if (options.tree !== undefined) results.push(await runTree(options.tree, undefined, markers, options));
    else {
      for (const files of options.files) {
        for (const legacy of options.legacy) {
          const tree = join(folder, `${files}-${legacy}`);
          const content = generateTree(tree, {
            files,
            legacy,
            seed: options.seed,
            templates: options.templates,
            php: options.php,
          });
          results.push(await runTree(tree, content, markers, options));
          rmSync(tree, { recursive: true, force: true });
        }
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (options.json) console.log(JSON.stringify({ machine, results }, null, 2));
}

try {
  await runBenchmark(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
