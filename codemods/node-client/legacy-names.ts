import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import { type FileContext, walk } from './context';
import { findImports } from './rewrite-imports';
import { v2TypeOf } from './v2-type';

/**
 * What a type of the merchant's own `declare module` stands for: the checker does not know it, so that the analysis wrote
 * the type of what comes there behind it.
 */
function v2TypeAround(context: FileContext, use: ts.Identifier): string | undefined {
  const written = ts.isTypeReferenceNode(use.parent) ? ts.findAncestor(use, ts.isConditionalTypeNode) : undefined;
  const type = written === undefined ? undefined : context.typeOf(written);
  const legacy = type?.kind === 'promise' ? type.of : type;
  if (legacy?.kind === 'element') return v2TypeOf(context, legacy.element);
  if (legacy?.kind !== 'client' && legacy?.kind !== 'offAmazonPayments') return undefined;
  context.needsSdk = true;
  return 'WebStoreClient';
}

/** `IAuthorizeRequest` and `IAuthorizeResponse` of amazon-pay-async, as declarations of the merchant's own. */
function aliasFor(context: FileContext, name: string, uses: readonly ts.Identifier[]): string | undefined {
  const own = uses.map((use) => v2TypeAround(context, use)).find((type) => type !== undefined);
  const semicolon = context.style.semicolons ? ';' : '';
  if (own !== undefined) return `type ${name} = ${own}${semicolon}`;
  const [, operation = '', part] = /^I([A-Z]\w+)(Request|Response)$/.exec(name) ?? [];
  const row = operations[operation];
  if (row === undefined) return undefined;
  const end = context.style.semicolons ? ';' : '';
  if (part === 'Request') return `type ${name} = Record<string, any>${end}`;
  const v2 = v2TypeOf(context, row.result ?? '');
  return v2 === undefined ? undefined : `type ${name} = ${v2}${end}`;
}

/** Names that leave with the legacy import and are still in use. */
function usesOf(context: FileContext, name: ts.Identifier): ts.Identifier[] {
  const symbol = context.checker.getSymbolAtLocation(name);
  const found: ts.Identifier[] = [];
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) || node === name || node.text !== name.text) return;
    const isMember =
      (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
      (ts.isPropertyAssignment(node.parent) && node.parent.name === node) ||
      ts.isImportSpecifier(node.parent);
    if (isMember || (symbol !== undefined && context.checker.getSymbolAtLocation(node) !== symbol)) return;
    if (ts.findAncestor(node, (parent) => context.rewriter.isReplaced(parent)) === undefined) found.push(node);
  });
  return found;
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
 * and lists every other name that leaves with the import and is still used.
 */
export function settleLegacyNames(context: FileContext): void {
  for (const legacy of findImports(context)) {
    if (legacy.kind !== 'statement' && legacy.kind !== 'declarator') continue;
    for (const name of legacy.names) {
      const uses = usesOf(context, name);
      const alias = uses.length === 0 ? undefined : aliasFor(context, name.text, uses);
      if (alias === undefined) {
        // The comment stands above a statement, however often that names it.
        const places = new Map([...uses].reverse().map((node) => [ts.findAncestor(node, ts.isStatement), node]));
        [...places.values()].reverse().forEach((node) => reportUse(context, node, legacy.package));
        continue;
      }
      const decision = `// TODO(amazon-pay-v2) node-client/type-reference: ${name.text} came with ${legacy.package}; name the type that you mean.`;
      context.trailingLines.push(decision, alias);
      context.report(name, {
        rule: 'node-client/type-reference',
        automation: 'assisted',
        legacy: { name: name.text },
        replacement: { name: alias },
        message: `${name.text} came with ${legacy.package}; it is declared in this file now: name the type that you mean.`,
        rewritten: true,
      });
    }
  }
}
