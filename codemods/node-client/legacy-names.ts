import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import { type FileContext, walk } from './context';
import { findImports, SDK } from './rewrite-imports';
import { v2TypeOf } from './v2-type';

/** `IAuthorizeRequest` and `IAuthorizeResponse` of amazon-pay-async, as declarations of the merchant's own. */
function aliasFor(context: FileContext, name: string): string | undefined {
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
  context.report(node, {
    rule: 'node-client/type-reference',
    automation: 'manual',
    legacy: { name: node.text },
    replacement: null,
    message: `${node.text} came from ${packageName}, which is not loaded any more; take its place here.`,
    rewritten: false,
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
      const alias = uses.length === 0 ? undefined : aliasFor(context, name.text);
      if (alias === undefined) {
        uses.forEach((node) => reportUse(context, node, legacy.package));
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

/** Methods of test libraries that take the name of a module. */
const MOCKS =
  /^(?:(?:un|do|dont|set)?[mM]ock|require(?:Actual|Mock)|import(?:Actual|Mock)|(?:de)?register(?:Mock|Substitute))$/;
const STUBBED_LOADERS = /proxyquire|rewire|esmock/i;

/** `jest.mock('amazon-payments')`, `proxyquire('./pay', { 'amazon-payments': fake })`: the package is named, not loaded. */
export function reportNamedPackages(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isStringLiteralLike(node) || !context.isLegacyPackage(node.text)) return;
    const { parent } = node;
    const isArgument =
      ts.isCallExpression(parent) &&
      ts.isPropertyAccessExpression(parent.expression) &&
      MOCKS.test(parent.expression.name.text) &&
      parent.arguments[0] === node;
    const call = ts.findAncestor(node, ts.isCallExpression);
    const isKey =
      ts.isPropertyAssignment(parent) &&
      parent.name === node &&
      call !== undefined &&
      STUBBED_LOADERS.test(call.expression.getText());
    if (!isKey && !isArgument) return;
    context.report(node, {
      rule: 'node-client/stand-in',
      automation: 'manual',
      legacy: { name: node.text },
      replacement: { name: SDK },
      message: `${context.text(parent).slice(0, 80)} puts something in the place of ${node.text}, which the code under test does not load any more.`,
      rewritten: false,
    });
  });
}
