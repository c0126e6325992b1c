/**
 * The fault matrix: for each case a proxy between Amazon (the emulator), a sender that behaves like SNS and two handlers, all of
 * them processes of their own; a fault; and a checker that knows only the ledgers of the others.
 *
 *   npm run build && npm run faults -- [--rows=A,C4] [--stores=sqlite,postgres] [--seed=1] [--runs=1] [--share=1] [--kills=1] [--keep] [--json]
 *   npm run faults -- --soak=10 [--rate=8]
 *
 * `--share=0.1` runs each case on one of the stores, with a tenth of the orders and the repetitions; `--kills=200` kills each proxy
 * that dies at a fail point there so often within one run (rows A1 to A14b); `--keep` leaves the ledgers of runs that broke a promise.
 * Ends with 1 when a promise is broken.
 */
import { writeFileSync } from 'node:fs';
import { runCourse } from './course.mjs';
import { endRun } from './end-run.mjs';
import { caseList } from './rows/all.mjs';
import { connect } from './store-access.mjs';
import { postgresUrl, Scenario } from './scenario.mjs';
import { soak } from './soak.mjs';

const options = {
  rows: '',
  stores: 'sqlite,postgres',
  seed: '1',
  runs: '1',
  share: '1',
  kills: '1',
  soak: '0',
  rate: '8',
  output: '',
};
const flags = { keep: false, json: false };
for (const argument of process.argv.slice(2)) {
  const [, name, value = ''] = /^--([a-z]+)(?:=(.*))?$/.exec(argument) ?? [];
  if (name in options) options[name] = value;
  else if (name in flags) flags[name] = true;
  else throw new Error(`Unknown option ${argument}. Known: ${Object.keys({ ...options, ...flags }).join(', ')}`);
}
const share = Number(options.share);
const kills = Number(options.kills);

async function storesHere() {
  const asked = options.stores.split(',');
  if (!asked.includes('postgres')) return asked;
  const isThere = await connect(postgresUrl).then(
    (client) => client.end().then(() => true),
    () => false,
  );
  if (!isThere) console.error('No PostgreSQL answers: its part is left out.');
  return asked.filter((store) => store !== 'postgres' || isThere);
}

const isAsked = ({ name, row }) =>
  options.rows === '' || options.rows.split(',').some((one) => one === row || one === name.split(' ')[0]);

/** All stores that a case is for; of a part of the matrix one, in turns. */
function storesFor({ stores }, index, here) {
  const some = here.filter((each) => stores === undefined || stores.includes(each));
  return share < 1 ? some.filter((_, place) => place === index % some.length) : some;
}

/** One case, once. A fault of the harness itself is told as what it is. */
async function runCase(row, driver, seed) {
  const scenario = new Scenario({ driver, seed, ...row.options });
  try {
    await runCourse(scenario, row, { orders: Math.max(row.least ?? 2, Math.round(row.orders * share)), share, kills });
    const result = await endRun(scenario);
    if (result.broken.length > 0 && flags.keep) console.error(`kept: ${scenario.folder}`);
    await scenario.remove({ isKept: result.broken.length > 0 && flags.keep });
    return result;
  } catch (error) {
    await scenario.remove().catch(() => undefined);
    return { figures: {}, broken: [`the run itself failed: ${error.stack ?? error}`] };
  }
}

async function main() {
  const stores = await storesHere();
  const table = [];
  const broken = [];
  const wanted = caseList.filter(isAsked);
  for (const { name, lacks } of wanted) if (lacks?.()) console.error(`Left out: ${name}, since ${lacks()}.`);
  const started = Date.now();
  for (const [index, one] of wanted.filter(({ lacks }) => !lacks?.()).entries())
    for (const store of storesFor(one, index, stores))
      for (let run = 0; run < Number(options.runs); run += 1) {
        const seed = Number(options.seed) + run;
        const begun = Date.now();
        const result = await runCase(one, store, seed);
        const row = {
          case: one.name,
          store,
          seed,
          ...result.figures,
          seconds: Math.round((Date.now() - begun) / 100) / 10,
        };
        table.push({ ...row, broken: result.broken.length });
        if (!flags.json) console.error(`${result.broken.length === 0 ? 'ok  ' : 'FAIL'} ${JSON.stringify(row)}`);
        broken.push(...result.broken.slice(0, 10).map((what) => `${one.name} on ${store}, seed ${seed}: ${what}`));
      }
  if (flags.json) console.log(JSON.stringify({ table, broken }, null, 2));
  else console.table(table);
  for (const what of broken) console.error(`broken: ${what}`);
  if (options.output !== '') writeFileSync(options.output, JSON.stringify({ table, broken }, null, 2));
  console.error(
    `${table.length} runs in ${Math.round((Date.now() - started) / 1000)} s, ${broken.length} promises broken`,
  );
  process.exitCode = broken.length === 0 ? 0 : 1;
}

if (Number(options.soak) > 0) await soak({ ...options, minutes: Number(options.soak), stores: await storesHere() });
else await main();
