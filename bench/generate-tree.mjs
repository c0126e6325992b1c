/**
 * Writes a tree that looks like a shop: ten thousand files, about eight to a folder, fifty of which hold legacy Amazon Pay. The same seed gives
 * the same bytes on every machine, so that two measurements compare the tools and not the trees.
 *
 *   node bench/generate-tree.mjs FOLDER [--files=10000] [--legacy=50] [--seed=1] [--templates | --php]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { legacyPhp, legacySnippets, legacyTemplates } from './legacy-snippets.mjs';

/** A small generator of numbers in [0, 1) (mulberry32): Math.random cannot be seeded. */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const words =
  'cart order basket price total tax rate item stock buyer address email status session invoice shipment label route page query filter cache queue event batch region locale theme banner coupon rating review photo search index entry value record member token amount option result'.split(
    ' ',
  );
const areas = [
  'checkout',
  'catalog',
  'account',
  'admin',
  'shared',
  'search',
  'content',
  'shipping',
  'emails',
  'reports',
];

const kinds = [
  { share: 0.42, extension: 'js', folder: 'src' },
  { share: 0.2, extension: 'ts', folder: 'src' },
  { share: 0.1, extension: 'php', folder: 'app' },
  { share: 0.09, extension: 'json', folder: 'data' },
  { share: 0.08, extension: 'css', folder: 'assets' },
  { share: 0.06, extension: 'html', folder: 'templates' },
  { share: 0.05, extension: 'twig', folder: 'templates' },
];

/** A shop of server templates. */
const templateKinds = [
  { share: 0.3, extension: 'php', folder: 'app' },
  { share: 0.3, extension: 'html', folder: 'templates' },
  { share: 0.4, extension: 'twig', folder: 'templates' },
];

/** A shop system in PHP. */
const phpKinds = [
  { share: 0.9, extension: 'class.php', folder: 'src' },
  { share: 0.1, extension: 'html', folder: 'templates' },
];

const upperFirst = (word) => word.charAt(0).toUpperCase() + word.slice(1);

function createWriter(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const word = () => pick(words);
  const name = () => word() + upperFirst(word());
  const sentence = (length) => Array.from({ length }, word).join(' ');
  // Now and then a file mentions Amazon without being a legacy one: storage, login, the v2 hosts.
  const mention = () =>
    random() < 0.01
      ? pick([
          'https://shop-media.s3.amazonaws.com/',
          'https://static-eu.payments-amazon.com/checkout.js',
          'amazon:login',
        ])
      : sentence(2);

  const script = (typed) => {
    const type = (text) => (typed ? `: ${text}` : '');
    const lines = [
      `/** ${upperFirst(sentence(9))}. */`,
      `export function ${name()}${Math.floor(random() * 1e6)}(${word()}s${type('readonly number[]')}, limit${type('number')} = ${Math.floor(random() * 90)}) {`,
      `  // ${sentence(7)}`,
      `  const ${name()}1 = { ${word()}: '${mention()}', ${word()}2: [${Array.from({ length: 4 }, () => Math.floor(random() * 100)).join(', ')}] };`,
      `  let sum = 0;`,
      `  for (let index = 0; index < limit; index += 1) {`,
      `    if (index % ${2 + Math.floor(random() * 7)} === 0) sum += index * ${(random() * 3).toFixed(2)};`,
      `    else sum -= Math.round(sum / (index + 1));`,
      `  }`,
      `  return \`${sentence(3)} \${sum}\`;`,
      `}`,
      ``,
    ];
    return lines.join('\n');
  };
  const json = () =>
    JSON.stringify(
      { [name()]: sentence(4), [`${word()}Rate`]: random(), list: Array.from({ length: 6 }, name) },
      null,
      2,
    );
  const css = () =>
    `.${word()}-${word()} {\n  margin: ${Math.floor(random() * 40)}px;\n  color: #${Math.floor(random() * 0xffffff)
      .toString(16)
      .padStart(6, '0')};\n}\n`;
  const html = () =>
    `<section class="${word()}">\n  <h2>${sentence(4)}</h2>\n  <p>${sentence(30)} ${mention()}</p>\n</section>\n`;

  const php = () =>
    `/** ${upperFirst(sentence(6))}. */\nfunction ${name()}${Math.floor(random() * 1e6)}(array $${word()}s, int $limit = ${Math.floor(random() * 90)}): string\n{\n    $sum = 0;\n    foreach ($${word()}s as $index => $value) {\n        $sum += $index * ${(random() * 3).toFixed(2)};\n    }\n\n    return '${sentence(3)} ${mention()}' . $sum;\n}\n`;
  /** A service of a shop system: typed properties, methods, arrays. */
  const phpMethod = () =>
    `    /** @return array<string, mixed> */\n    public function ${name()}${Math.floor(random() * 1e6)}(array $${word()}s, ?int $limit = null): array\n    {\n        $result = ['${word()}' => $this->${word()}, '${word()}Id' => $limit ?? ${Math.floor(random() * 90)}];\n        foreach ($this->${word()}->${name()}(['${word()}' => '${mention()}']) as $key => $value) {\n            $result[$key] = $this->${name()}($value, ${(random() * 3).toFixed(2)});\n        }\n\n        return $result;\n    }\n`;
  const phpClass = (size) => {
    const own = `${upperFirst(name())}${Math.floor(random() * 1e6)}`;
    return `namespace Shop\\${upperFirst(word())};\n\nuse Shop\\${upperFirst(word())}\\${upperFirst(name())};\n\nfinal class ${own}\n{\n    public function __construct(private ${upperFirst(name())} $${word()})\n    {\n    }\n\n${repeat(phpMethod, size).join('\n')}}\n`;
  };
  const twig = () =>
    `{% if ${word()}.${word()} %}\n  <div class="${word()}">{{ ${word()}.${word()}|trans }} ${sentence(12)}</div>\n{% endif %}\n`;

  const repeat = (part, size) => {
    const parts = [];
    for (let length = 0; length < size;) {
      const text = part();
      parts.push(text);
      length += text.length;
    }
    return parts;
  };
  return {
    js: (size) => repeat(() => script(false), size).join('\n'),
    ts: (size) => repeat(() => script(true), size).join('\n'),
    json: (size) => `[\n${repeat(json, size).join(',\n')}\n]\n`,
    php: (size) => `<?php\n\n${repeat(php, size).join('\n')}`,
    'class.php': (size) => `<?php\n\n${phpClass(size)}`,
    methods: (size) => `\nclass Padding${Math.floor(random() * 1e6)}\n{\n${repeat(phpMethod, size).join('\n')}}\n`,
    twig: (size) => repeat(twig, size).join(''),
    css: (size) => repeat(css, size).join('\n'),
    html: (size) => `<!doctype html>\n<html>\n<body>\n${repeat(html, size).join('')}</body>\n</html>\n`,
  };
}

/** Sizes spread like those of shop code: half below 3 kB, one in ten above 12 kB, a few above 100 kB. */
function sizeOf(random) {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(200_000, Math.max(200, Math.round(Math.exp(7.9 + 1.15 * normal))));
}

function chooseKind(kinds, random) {
  let rest = random();
  return kinds.find(({ share }) => (rest -= share) < 0) ?? kinds[0];
}

/** Writes the tree and says what is in it. */
export function generateTree(root, { files = 10_000, legacy = 50, seed = 1, templates = false, php = false } = {}) {
  const random = createRandom(seed);
  const snippets = php ? legacyPhp : templates ? legacyTemplates : legacySnippets;
  const writer = createWriter(random);
  let bytes = 0;
  const write = (path, text) => {
    const target = join(root, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
    bytes += Buffer.byteLength(text);
  };
  const every = Math.max(1, Math.floor(files / Math.max(1, legacy)));
  let placed = 0;
  for (let index = 0; index < files; index += 1) {
    const area = areas[index % areas.length];
    const group = Math.floor(index / 150);
    const folder = `${area}/${words[group % words.length]}${Math.floor(group / words.length)}`;
    if (placed < legacy && index % every === 0) {
      const snippet = snippets[placed % snippets.length];
      // The first one is the project's own package.json; the others are spread over the tree.
      const path = placed === 0 && !templates && !php ? snippet.file : `${folder}/legacy-${placed}/${snippet.file}`;
      write(path, snippet.padded === false ? snippet.text : snippet.text + writer[snippet.padding](sizeOf(random)));
      placed += 1;
      continue;
    }
    const kind = chooseKind(php ? phpKinds : templates ? templateKinds : kinds, random);
    write(
      `${kind.folder}/${folder}/${words[index % words.length]}-${index}.${kind.extension}`,
      writer[kind.extension](sizeOf(random)),
    );
  }
  return { files, legacy: placed, bytes };
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { root, options } = readArguments(process.argv.slice(2));
  if (root === undefined) {
    console.error(
      'Usage: node bench/generate-tree.mjs FOLDER [--files=10000] [--legacy=50] [--seed=1] [--templates | --php]',
    );
    process.exitCode = 2;
  } else {
    console.log(JSON.stringify(generateTree(resolve(root), options)));
  }
}

function readArguments(values) {
  const options = {};
  let root;
  for (const value of values) {
    const match = /^--(files|legacy|seed)=(\d+)$/.exec(value);
    if (value === '--templates') options.templates = true;
    else if (value === '--php') options.php = true;
    else if (match !== null) options[match[1]] = Number(match[2]);
    else root = value;
  }
  return { root, options };
}
