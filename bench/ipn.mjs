/**
 * Messages per second of the translator, against what reading the same messages costs at least: `JSON.parse` of envelope and
 * message, and fast-xml-parser on the XML of the legacy ones. The contenders take turns in short rounds, so that a slow
 * moment of the machine hits all of them. Nothing is asserted.
 *
 *   npm run build && node bench/ipn.mjs [--rounds=30] [--milliseconds=100] [--json]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { median } from './measure.mjs';

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const { translate } = createRequire(import.meta.url)(join(project, 'dist/src/ipn.js'));

const options = { rounds: 30, milliseconds: 100, json: false };
for (const argument of process.argv.slice(2)) {
  const [, name, value] = /^--(rounds|milliseconds)=(\d+)$/.exec(argument) ?? [];
  if (name !== undefined) options[name] = Number(value);
  else if (argument === '--json') options.json = true;
  else throw new Error(`Unknown option ${argument}. Known: --rounds --milliseconds --json`);
}

const folder = join(project, 'fixtures/ipn');
const load = (prefix) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .map((name) => JSON.stringify(JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    // Raw delivery and Lambda events have another shape; the floor below reads an envelope and the message in it.
    .filter((text) => typeof JSON.parse(text).Message === 'string');
const messages = { v1: load('v1-'), v2: load('v2-') };
const documents = messages.v1
  .map((text) => JSON.parse(JSON.parse(text).Message).NotificationData)
  .filter((data) => XMLValidator.validate(data) === true && data.trim().startsWith('<'));

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});
const parseJson = (text) => JSON.parse(JSON.parse(text).Message);

/** Every contender takes one text at a time. `v1 fast-xml-parser` sees the XML only, without the JSON around it. */
const contenders = [
  { name: 'v1 translate', run: translate, texts: messages.v1 },
  { name: 'v1 JSON.parse', run: parseJson, texts: messages.v1 },
  { name: 'v1 fast-xml-parser', run: (xml) => parser.parse(xml), texts: documents },
  { name: 'v1 fast-xml-parser, validating', run: (xml) => parser.parse(xml, true), texts: documents },
  { name: 'v2 translate', run: translate, texts: messages.v2 },
  { name: 'v2 JSON.parse', run: parseJson, texts: messages.v2 },
].map((contender) => ({ ...contender, rates: [] }));

/** What the runs returned, so that no compiler may leave them out. */
let kept;
function measureRate({ run, texts }) {
  let done = 0;
  const started = performance.now();
  let now = started;
  while (now - started < options.milliseconds) {
    for (const text of texts) kept = run(text);
    done += texts.length;
    now = performance.now();
  }
  return (done / (now - started)) * 1000;
}

// The first rounds warm the compiler up and are not counted.
for (let round = -5; round < options.rounds; round += 1)
  for (const contender of contenders) {
    const rate = measureRate(contender);
    if (round >= 0) contender.rates.push(rate);
  }

const rateOf = Object.fromEntries(contenders.map(({ name, rates }) => [name, median(rates)]));
const bytesOf = (texts) => Math.round(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / texts.length);
const rows = contenders.map(({ name, texts }) => ({
  name,
  messages: texts.length,
  meanBytes: bytesOf(texts),
  perSecond: Math.round(rateOf[name]),
  timesTranslate: Number((rateOf[name] / rateOf[`${name.slice(0, 2)} translate`]).toFixed(2)),
}));
if (kept === undefined) throw new Error('Nothing ran.');
if (options.json) console.log(JSON.stringify({ node: process.version, cpu: cpus()[0]?.model, rows }, null, 2));
else {
  console.log(
    `Node ${process.version}, ${cpus()[0]?.model}; medians of ${options.rounds} rounds of ${options.milliseconds} ms\n`,
  );
  console.log('| what | texts | mean bytes | per second | x translate |\n| --- | ---: | ---: | ---: | ---: |');
  for (const row of rows)
    console.log(`| ${row.name} | ${row.messages} | ${row.meanBytes} | ${row.perSecond} | ${row.timesTranslate} |`);
}
