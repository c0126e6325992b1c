import { ts } from 'ts-morph';
import { packageNameOf } from '../../dependencies/module-references';
import { type FileContext, walk } from '../context';
import { findImports, SDK } from './rewrite-imports';

/** Methods of test libraries that take the name of a module. */
const MOCKS =
  /^(?:(?:un|do|dont|set)?[mM]ock|require(?:Actual|Mock)|import(?:Actual|Mock)|(?:de)?register(?:Mock|Substitute))$/;
const STUBBED_LOADERS = /proxyquire|rewire|esmock/i;

/** `jest.mock('amazon-payments')`, `proxyquire('./pay', { 'amazon-payments': fake })` */
function isStoodInFor(node: ts.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isCallExpression(parent) && ts.isPropertyAccessExpression(parent.expression))
    return MOCKS.test(parent.expression.name.text) && parent.arguments[0] === node;
  const call = ts.findAncestor(node, ts.isCallExpression);
  const isKey = ts.isPropertyAssignment(parent) && parent.name === node;
  return isKey && call !== undefined && STUBBED_LOADERS.test(call.expression.getText());
}

/** `import('amazon-payments').Client` and `typeof import('amazon-payments')`, as types. */
const typeOf = (node: ts.StringLiteralLike): ts.ImportTypeNode | undefined =>
  ts.isLiteralTypeNode(node.parent) && ts.isImportTypeNode(node.parent.parent) ? node.parent.parent : undefined;

/** `require.resolve('amazon-payments')`, `require('amazon-payments/lib/client')`, `import x from 'amazon-payments/lib/client'` */
function isLoaded({ parent }: ts.StringLiteralLike): boolean {
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isExternalModuleReference(parent))
    return true;
  if (!ts.isCallExpression(parent)) return false;
  const callee = parent.expression;
  return (
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    /^(?:require|require\.resolve|import\.meta\.resolve)$/.test(callee.getText())
  );
}

/** Lists places that name a legacy package in another way than by loading it whole, which the imports are listed for. */
export function reportNamedPackages(context: FileContext): void {
  const imports = new Set<ts.Node>(findImports(context).map(({ node }) => node));
  const isImport = (node: ts.Node): boolean => ts.findAncestor(node, (parent) => imports.has(parent)) !== undefined;
  const report = (node: ts.Node, rule: string, name: string, message: string): void =>
    context.report(node, {
      rule,
      automation: 'manual',
      legacy: { name },
      replacement: { name: SDK },
      message,
      rewritten: false,
    });
  walk(context.file.source, (node) => {
    if (!ts.isStringLiteralLike(node) || !context.isLegacyPackage(packageNameOf(node.text))) return;
    const text = context.text(node.parent).slice(0, 80);
    const type = typeOf(node);
    if (type !== undefined && context.rewriter.original(node) !== '') {
      const message = `${context.text(type)} is a type of the legacy package; name the type of the v2 SDK that you mean.`;
      report(type, 'node-client/type-reference', node.text, message);
    } else if (isStoodInFor(node)) {
      const message = `${text} puts something in the place of ${node.text}, which the code under test does not load any more.`;
      report(node, 'node-client/stand-in', node.text, message);
    } else if (isLoaded(node) && !isImport(node)) {
      const message = `${text} names a part of the legacy package or its place, so the package has to stay for it.`;
      report(node, 'node-client/import', node.text, message);
    }
  });
}
