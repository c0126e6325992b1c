import type { ts as TypeScript } from 'ts-morph';
import type * as Parser from '../typed-program/parser';
import type { SourceUnit } from '../codemod';

type Compiler = typeof TypeScript;

/** `lodash/fp` to `lodash`, `@scope/name/lib` to `@scope/name`; relative paths stay what they are. */
export const packageNameOf = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Functions whose first argument names a module: loaders, and what tests replace modules with. */
const LOADERS = new Set([
  ...['require', 'resolve', 'rewire', 'proxyquire', 'requireActual', 'requireMock', 'importActual', 'importMock'],
  ...['mock', 'unmock', 'doMock', 'doUnmock', 'dontMock', 'setMock', 'createMockFromModule', 'esmock'],
]);

/** `proxyquire.noCallThru().load` is shorter; chains of a thousand calls are not to be read once for each. */
const LONGEST_CALLEE = 400;

const SCRIPTS = new Set(['javascript', 'typescript', 'jsx', 'tsx']);

/** Languages without a parser here (Vue, Svelte, CoffeeScript, templates): what looks like a load counts as one. */
function looseReferences(text: string): Set<string> {
  const found = text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"])([^'"\n]+)\1/g);
  return new Set([...found].map(([, , specifier]) => packageNameOf(specifier ?? '')));
}

function referencesOfCall(ts: Compiler, call: TypeScript.CallExpression): string[] {
  const callee = call.expression;
  const name = ts.isIdentifier(callee) ? callee.text : ts.isPropertyAccessExpression(callee) ? callee.name.text : '';
  const [first] = call.arguments;
  const named: string[] = [];
  const isLoader = callee.kind === ts.SyntaxKind.ImportKeyword || LOADERS.has(name);
  if (isLoader && first !== undefined && ts.isStringLiteralLike(first)) named.push(first.text);
  // AMD: require(['a', 'b'], …) and define('id', ['a', 'b'], …).
  if (name === 'require' || name === 'define') {
    named.push(
      ...call.arguments
        .filter(ts.isArrayLiteralExpression)
        .flatMap(({ elements }) => elements.filter(ts.isStringLiteralLike).map(({ text }) => text)),
    );
  }
  // proxyquire('./order', { 'amazon-payments': stub })
  if (callee.end - callee.pos < LONGEST_CALLEE && /proxyquire|esmock/.test(callee.getText())) {
    const stubs = call.arguments.filter(ts.isObjectLiteralExpression).flatMap(({ properties }) => [...properties]);
    named.push(
      ...stubs.flatMap(({ name: key }) => (key !== undefined && ts.isStringLiteralLike(key) ? [key.text] : [])),
    );
  }
  return named;
}

function referencesOf(ts: Compiler, node: TypeScript.Node): string[] {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return node.moduleSpecifier !== undefined && ts.isStringLiteralLike(node.moduleSpecifier)
      ? [node.moduleSpecifier.text]
      : [];
  }
  if (ts.isExternalModuleReference(node)) return ts.isStringLiteralLike(node.expression) ? [node.expression.text] : [];
  if (ts.isImportTypeNode(node)) {
    return ts.isLiteralTypeNode(node.argument) && ts.isStringLiteralLike(node.argument.literal)
      ? [node.argument.literal.text]
      : [];
  }
  return ts.isCallExpression(node) ? referencesOfCall(ts, node) : [];
}

/** Names of the packages that a source file loads. Comments and other strings that happen to hold a name do not count. */
export function moduleReferences({ ts, parseScript }: typeof Parser, unit: SourceUnit): Set<string> {
  if (!SCRIPTS.has(unit.language)) return looseReferences(unit.text);
  const source = parseScript(unit.path, unit.text);
  const names = new Set(source.typeReferenceDirectives.map(({ fileName }) => packageNameOf(fileName)));
  // No recursion: a bundle has chains of thousands of operators.
  const waiting: TypeScript.Node[] = [source];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    referencesOf(ts, node).forEach((specifier) => names.add(packageNameOf(specifier)));
    ts.forEachChild(node, (child) => void waiting.push(child));
  }
  return names;
}
