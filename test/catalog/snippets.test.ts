import { parse } from '@ast-grep/napi';
import { parseWith, type ParserNode } from '../../codemods/grammars';
import { describeOperation } from '../../codemods/other-languages/describe-v2';
import { codeLanguageOf, foreignLanguages, type LanguageName } from '../../src/catalog/languages';
import { ruleExamples } from '../../src/catalog/rule-examples';

type Grammar = LanguageName | 'JavaScript' | 'TypeScript' | 'Tsx';

/** Grammars of scripts; `@ast-grep/napi` brings them along. */
const scripts: readonly (readonly [RegExp, Grammar])[] = [
  [/\.[cm]?jsx?$/, 'JavaScript'],
  [/\.[cm]?ts$/, 'TypeScript'],
  [/\.tsx$/, 'Tsx'],
];

const isForeign = (grammar: Grammar): grammar is LanguageName => grammar in foreignLanguages;

/** What a grammar could not read, and what it had to put in to go on. */
function* errorsIn(node: ParserNode, text: string): Generator<string> {
  const { start, end } = node.range();
  const line = `line ${text.slice(0, start.index).split('\n').length}`;
  const children = node.children();
  if (node.kind() === 'ERROR') yield `${line}: ${text.slice(start.index, end.index)}`;
  else if (!node.isNamed() && start.index === end.index) yield `${line}: ${node.kind()} is missing`;
  for (const child of children) yield* errorsIn(child, text);
}

function syntaxErrors(grammar: Grammar, text: string): string[] {
  const root = isForeign(grammar) ? parseWith(grammar, text) : (parse(grammar, text).root() as ParserNode);
  return [...errorsIn(root, text)];
}

/** PHP is text until it is opened. */
const asFile = (language: LanguageName, code: string): string =>
  language === 'php' ? `<?php\n${code}\n` : `${code}\n`;

const toWrite = Object.values(foreignLanguages).flatMap(({ name, v2 }) =>
  v2 === null
    ? []
    : Object.entries({ construction: v2.construction, ...v2.calls }).map(
        ([call, code]) => [name, call, asFile(name, code)] as const,
      ),
);

const examples = Object.entries(ruleExamples).flatMap(([rule, { file, before, after, beside = {}, scaffold }]) => {
  // What is shown of the module of orders are properties of an object.
  const isPart = scaffold === true && file.startsWith('amazon-pay/');
  const shown = [before, after].map((text) => (isPart ? `({\n${text}\n});\n` : text));
  return [...Object.entries(beside), ...shown.map((text) => [file, text] as const)].flatMap(([path, text]) => {
    const grammar = codeLanguageOf(path, text)?.name ?? scripts.find(([files]) => files.test(path))?.[1];
    return grammar === undefined ? [] : [[grammar, rule, text] as const];
  });
});

it.each([...toWrite, ...examples])('%s of %s is read by its grammar without an error', (grammar, _name, text) => {
  expect(syntaxErrors(grammar, text)).toEqual([]);
});

it('covers each language that has code to write, and examples of scripts', () => {
  const covered = new Set<Grammar>([...toWrite, ...examples].map(([grammar]) => grammar));
  expect([...covered].sort()).toEqual(['JavaScript', 'TypeScript', 'csharp', 'java', 'php', 'ruby']);
});

it.each([
  ['java', 'AmazonPayResponse result = client.getCharge(chargeId)\n'],
  ['csharp', 'var charge = client.GetCharge(chargeId;\n'],
  ['ruby', 'response = client.get_charge(charge_id\n'],
  ['python', 'charge = client.get_charge(charge_id\n'],
  ['go', 'package main\nfunc main() { charge := client.GetCharge( }\n'],
  ['php', '<?php $result = $client->getCharge($chargeId;\n'],
  ['JavaScript', 'const charge = await client.getCharge(chargeId;\n'],
] as const)('sees an error in %s', (grammar, text) => {
  expect(syntaxErrors(grammar, text)).not.toEqual([]);
});

/** Names that stand in the sources of the SDKs (facts: other-languages.md sections 9.1 to 9.3), and those of the languages. */
const confirmed: Readonly<Record<'php' | 'java' | 'csharp' | 'ruby', string>> = {
  php: `Client getenv createCharge getCharge captureCharge cancelCharge createRefund getRefund getChargePermission
    updateChargePermission closeChargePermission getCheckoutSession updateCheckoutSession completeCheckoutSession getBuyer`,
  java: `PayConfiguration setPublicKeyId setPrivateKey setRegion setEnvironment WebstoreClient JSONObject put getenv of
    createCharge getCharge captureCharge cancelCharge createRefund getRefund getChargePermission updateChargePermission
    closeChargePermission getCheckoutSession updateCheckoutSession completeCheckoutSession getBuyer`,
  csharp: `WebStoreClient ApiConfiguration GetEnvironmentVariable Dictionary CreateChargeRequest CaptureChargeRequest
    CreateRefundRequest CancelChargeRequest CloseChargePermissionRequest CreateCharge GetCharge CaptureCharge CancelCharge
    CreateRefund GetRefund GetChargePermission UpdateChargePermission CloseChargePermission GetCheckoutSession
    UpdateCheckoutSession CompleteCheckoutSession GetBuyer`,
  ruby: 'AmazonPayClient new fetch',
};

it.each(Object.entries(confirmed))('says of every name in the code for %s whether it is likely', (language, names) => {
  const { v2 } = foreignLanguages[language as LanguageName];
  const known = names.split(/\s+/);
  const used = Object.values({ construction: v2?.construction ?? '', ...v2?.calls }).flatMap((code) =>
    [...code.matchAll(/(?:\bnew |->|\.|\\)(\w+)(?:<[^>]*>)?\s*\(/g)].map(([, name = '']) => name),
  );
  expect(used.length).toBeGreaterThan(Object.keys(v2?.calls ?? {}).length);
  const unsure = [...new Set(used)].filter((name) => !known.includes(name)).sort();
  const likely = (v2?.likely ?? []).filter((name) => !name.includes('.'));
  expect(unsure).toEqual([...likely].sort());
});

it('tells people which names to look for, and none of those that are confirmed', () => {
  const { ruby, csharp } = foreignLanguages;
  expect(describeOperation(ruby, 'Capture')).toContain('Likely, not confirmed by Amazon: capture_charge. Look for it');
  expect(describeOperation(csharp, 'ConfirmOrderReference')).toContain('CompleteCheckoutSessionRequest');
  expect(describeOperation(csharp, 'Capture')).not.toContain('Likely');
});
