import { ts } from 'ts-morph';
import { errorCodes } from '../../src/catalog';
import { type FileContext, unwrap, walk } from '../node-client/context';
import { constantText } from '../typed-program/constant-text';
import { EQUALITY } from '../node-client/values/value-places';

/** `(err, req, res, next) => …`, `function isThrottled(err)`: any error may come in. One that is caught where it is tried is followed. */
function takesAnyError(context: FileContext, error: ts.Expression): boolean {
  const declared = ts.isIdentifier(error) ? context.checker.getSymbolAtLocation(error)?.valueDeclaration : undefined;
  if (declared === undefined || !ts.isParameter(declared)) return false;
  const call = declared.parent.parent;
  const isHandler =
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    /^(?:then|catch)$/.test(call.expression.name.text);
  return !isHandler;
}

/**
 * Lists tests for error codes in functions that take the error of whatever call failed. A request whose error is looked into
 * stays (error-readers.ts); who hands errors on to such a function is not always seen.
 */
export function reportErrorTests(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isBinaryExpression(node) || !EQUALITY.has(node.operatorToken.kind)) return;
    for (const [field, word] of [
      [unwrap(node.left), node.right],
      [unwrap(node.right), node.left],
    ] as const) {
      if (!ts.isPropertyAccessExpression(field) || context.typeOf(field.expression)?.kind !== 'error') continue;
      const code = constantText(context.checker, word) ?? '';
      const v2 = errorCodes[code]?.v2.map((each) => `'${each}'`).join(' or ');
      if (v2 === undefined || !takesAnyError(context, unwrap(field.expression))) continue;
      context.leaveOpen(node, {
        rule: 'node-client/error-code',
        confidence: 'medium',
        legacy: { name: code },
        replacement: { name: v2 === '' ? 'reasonCode' : v2 },
        message: `${context.text(field)} is '${code}' for requests that stay MWS; the errors of rewritten calls have ${v2 === '' ? 'no such code' : `${v2} as reasonCode, type and name`}: test for both where errors of both come here.`,
      });
    }
  });
}
