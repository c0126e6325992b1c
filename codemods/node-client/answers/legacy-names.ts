import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { LegacyType } from '../../typed-program/brands';
import { type FileContext, walk } from '../context';
import { reportReadsByName } from './report-reads-by-name';
import { findImports } from '../packages/rewrite-imports';
import { v2TypeOf } from './v2-type';
import { writtenType } from './written-type';

const legacyTypeAround = (context: FileContext, { parent }: ts.Identifier): LegacyType | undefined =>
  ts.isTypeReferenceNode(parent) ? (writtenType(context, parent) ?? elementNamed(context, parent)) : undefined;

/** `Result<ICaptureResponse>`: what is read of it is read of the v2 object. */
function elementNamed(context: FileContext, node: ts.TypeReferenceNode): LegacyType | undefined {
  const type = context.typeOf(node);
  return type?.kind === 'element' ? type : undefined;
}

function v2TypeAround(context: FileContext, use: ts.Identifier): string | undefined {
  const legacy = legacyTypeAround(context, use);
  if (legacy?.kind === 'element') return v2TypeOf(context, legacy.element);
  if (legacy?.kind !== 'client' && legacy?.kind !== 'offAmazonPayments') return undefined;
  context.needsSdk = true;
  return 'WebStoreClient';
}

/** Whether a name stands as a type that an alias can take the place of. */
const isPlainType = ({ parent }: ts.Identifier): boolean =>
  (ts.isTypeReferenceNode(parent) ||
    (ts.isExpressionWithTypeArguments(parent) && ts.isInterfaceDeclaration(parent.parent.parent))) &&
  parent.typeArguments === undefined;

const ANYTHING = 'any';

/** What takes the place of `IAuthorizeRequest` and `IAuthorizeResponse` of amazon-pay-async, and of what only the merchant's own typings know. */
function typeFor(context: FileContext, name: string, uses: readonly ts.Identifier[]): string | undefined {
  const own = uses.map((use) => v2TypeAround(context, use)).find((type) => type !== undefined);
  if (own !== undefined) return own;
  const [, operation = '', part] = /^I([A-Z]\w+)(Request|Response)$/.exec(name) ?? [];
  const row = operations[operation];
  if (row !== undefined && part === 'Request') return 'Record<string, any>';
  const v2 = row === undefined ? undefined : v2TypeOf(context, row.result ?? '');
  return v2 ?? (uses.every(isPlainType) ? ANYTHING : undefined);
}

/** Names that leave with the legacy import and are still in use. */
function usesOf(context: FileContext, name: ts.Identifier): ts.Identifier[] {
  const symbol = context.checker.getSymbolAtLocation(name);
  const symbolOf = (node: ts.Identifier): ts.Symbol | undefined =>
    ts.isShorthandPropertyAssignment(node.parent)
      ? context.checker.getShorthandAssignmentValueSymbol(node.parent)
      : ts.isExportSpecifier(node.parent)
        ? context.checker.getExportSpecifierLocalTargetSymbol(node.parent)
        : context.checker.getSymbolAtLocation(node);
  const found: ts.Identifier[] = [];
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return;
    const isMember =
      (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
      (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
      ts.isImportSpecifier(node.parent);
    if (isMember || (symbol !== undefined && symbolOf(node) !== symbol)) return;
    // What the analysis wrote is not the merchant's.
    if (context.rewriter.original(node) === '') return;
    if (ts.findAncestor(node, (parent) => context.rewriter.isReplaced(parent)) === undefined) found.push(node);
  });
  return found;
}

/** Whether a name stands where only a type can: it leaves no trace in what runs. */
function isTypeUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isExportSpecifier(parent)) return parent.isTypeOnly || parent.parent.parent.isTypeOnly;
  const type = ts.findAncestor(node, ts.isTypeNode);
  if (type === undefined) return false;
  // `class Own extends legacy.Client`
  const isBase =
    ts.isExpressionWithTypeArguments(type) &&
    ts.isHeritageClause(type.parent) &&
    type.parent.token === ts.SyntaxKind.ExtendsKeyword &&
    ts.isClassLike(type.parent.parent) &&
    ts.findAncestor(node, (each) => each === type.expression) !== undefined;
  return !isBase;
}

/** One place for each statement that uses a name: the comment stands above it, however often it names it. */
const perStatement = (uses: readonly ts.Identifier[]): ts.Identifier[] =>
  [...new Map([...uses].reverse().map((node) => [ts.findAncestor(node, ts.isStatement), node])).values()].reverse();

/** A module that loses a value it reads no longer loads, or throws at the first order. */
function keep(context: FileContext, name: ts.Identifier, packageName: string, uses: readonly ts.Identifier[]): void {
  context.keptNames.add(name);
  for (const node of perStatement(uses.filter((use) => !isTypeUse(use)))) {
    context.report(node, {
      rule: 'node-client/import',
      automation: 'manual',
      legacy: { name: node.text },
      replacement: null,
      message: `${node.text} comes from ${packageName}, which stays loaded for this; write what takes its place in v2, and take the import and the dependency out.`,
      rewritten: false,
    });
  }
}

function reportUse(context: FileContext, node: ts.Identifier, packageName: string): void {
  context.leaveOpen(node, {
    rule: 'node-client/type-reference',
    legacy: { name: node.text },
    replacement: null,
    message: `${node.text} came from ${packageName}, which is not loaded any more; take its place here.`,
  });
}

/**
 * Gives the request and response types of a legacy package a declaration in the file, so that what names them compiles,
 * keeps the names that code reads, and lists every other name that leaves with the import and is still used.
 */
export function settleLegacyNames(context: FileContext): void {
  for (const legacy of findImports(context)) {
    if (legacy.kind !== 'statement' && legacy.kind !== 'declarator') continue;
    for (const name of legacy.names) {
      const uses = usesOf(context, name);
      const type = uses.length === 0 ? undefined : typeFor(context, name.text, uses);
      if (type === undefined) {
        if (uses.some((use) => !isTypeUse(use))) keep(context, name, legacy.package, uses);
        else perStatement(uses).forEach((node) => reportUse(context, node, legacy.package));
        continue;
      }
      declare(context, name, legacy.package, type);
      if (type === ANYTHING) reportReadsByName(context, name.text, uses);
    }
  }
}

/** Writes the declaration that takes the place of an imported type. */
function declare(context: FileContext, name: ts.Identifier, packageName: string, type: string): void {
  const alias = `type ${name.text} = ${type}${context.style.semicolons ? ';' : ''}`;
  const decision = `// TODO(amazon-pay-v2) node-client/type-reference: ${name.text} came with ${packageName}; name the type that you mean.`;
  context.trailingLines.push(decision, alias);
  context.report(name, {
    rule: 'node-client/type-reference',
    automation: 'assisted',
    legacy: { name: name.text },
    replacement: { name: alias },
    message: `${name.text} came with ${packageName}; it is declared in this file now: name the type that you mean.`,
    rewritten: true,
  });
}

/** Types of answers that are followed stand for what v2 answers with, even where the legacy client stays. */
export function settleAnswerNames(context: FileContext): void {
  if (!context.isTypeScript) return;
  for (const legacy of findImports(context)) {
    if (legacy.kind !== 'statement') continue;
    for (const name of legacy.names) {
      const types = usesOf(context, name).map((use) => legacyTypeAround(context, use));
      const answer = types.find((type) => type?.kind === 'element');
      const v2 = answer?.kind === 'element' ? v2TypeOf(context, answer.element) : undefined;
      if (v2 === undefined) continue;
      declare(context, name, legacy.package, v2);
      context.settledNames.add(name);
    }
  }
}
