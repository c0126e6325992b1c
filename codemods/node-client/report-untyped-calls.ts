import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import { isLegacySymbol } from '../typed-program/brands';
import { type FileContext, walk } from './context';

const upperFirst = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The operation that has this parameter, by which nothing but Amazon Pay is called. */
function operationWith(name: string, parameters: ts.Expression | undefined): string | undefined {
  const operation = upperFirst(name.replace(/Async$/, ''));
  const row = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (row === undefined || parameters === undefined || !ts.isObjectLiteralExpression(parameters)) return undefined;
  const isDistinctive = parameters.properties.some(
    ({ name: key }) =>
      key !== undefined && /^Amazon\w+Id$/.test(key.getText()) && row.request[key.getText()] !== undefined,
  );
  return isDistinctive ? operation : undefined;
}

/**
 * Lists `operations.capture({ AmazonAuthorizationId, … })` on something of which nothing is known: a value from a container,
 * a parameter that nobody is seen to fill, a wrapper from elsewhere.
 */
export function reportUntypedCalls(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    const operation = operationWith(node.expression.name.text, node.arguments[0]);
    const callee = context.checker.getTypeAtLocation(node.expression);
    if (operation === undefined || (callee.flags & ts.TypeFlags.Any) === 0 || isLegacySymbol(callee.getSymbol()))
      return;
    const start = context.rewriter.start(node);
    if (context.findings.some((finding) => finding.start === start)) return;
    const v2 = operations[operation]?.v2;
    context.report(node, {
      rule: 'node-client/operation-call',
      automation: 'manual',
      confidence: 'low',
      legacy: { name: context.text(node.expression), operation },
      replacement: v2 == null ? null : { name: v2.sdkMethod, operation: v2.http },
      message: `${context.text(node.expression)} has the form of ${operation}, and nothing says what it is called on; where that is the legacy client, write the call of ${v2 == null ? 'v2' : v2.sdkMethod}.`,
      rewritten: false,
    });
  });
}
