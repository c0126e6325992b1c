import { ts } from 'ts-morph';
import { isCaughtFromLegacy } from '../../typed-program/caught-errors';
import { legacyTypeOf } from '../../typed-program/brands';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, unwrap, walk } from '../context';
import { isGuard } from './error-guards';
import { partAt } from './error-parts';
import { TEXT_TEST } from './report-error-texts';

/** An error that was caught where an operation was tried, by its type or by the call. */
const isCaught = (context: FileContext, node: ts.Expression): boolean =>
  context.typeAround(node)?.kind === 'error' || (ts.isIdentifier(node) && isCaughtFromLegacy(context.checker, node));

/** `(error: unknown): error is MwsFailure => error instanceof Error && 'body' in error` */
function isTakenByGuard({ checker }: FileContext, node: ts.Expression): boolean {
  const declared = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node)?.valueDeclaration : undefined;
  const around = declared !== undefined && ts.isParameter(declared) ? declared.parent : undefined;
  const says = around?.type;
  return says !== undefined && ts.isTypePredicateNode(says) && /\binstanceof\s+Error\b/.test(around?.getText() ?? '');
}

/** `err.body ? 'refused' : 'unreachable'`, of an error that may be another's as well, and `'body' in err`. */
function asksForBody(context: FileContext, node: ts.Node): boolean {
  if (isAccess(node)) {
    const isBody = accessedName(node) === 'body' && partAt(context, node.expression) === undefined && isGuard(node);
    return isBody && isCaught(context, unwrap(node.expression));
  }
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.InKeyword) return false;
  const isBody = ts.isStringLiteralLike(node.left) && node.left.text === 'body';
  const of = unwrap(node.right);
  return isBody && (isCaught(context, of) || isTakenByGuard(context, of));
}

/** `error as MwsFailure`: a type of the merchant's own, in which an error has the body of legacy. */
function takenForOwn(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isAsExpression(node) && !ts.isTypeAssertionExpression(node)) return undefined;
  const type = context.checker.getTypeFromTypeNode(node.type);
  if (type.getProperty('body') === undefined || legacyTypeOf(context.checker, type) !== undefined) return undefined;
  return context.text(node.type) !== '' && isCaught(context, unwrap(node.expression))
    ? context.text(node.type)
    : undefined;
}

/** `body.includes('InvalidParameterValue')`: the body is searched as the text that some clients leave it. */
const isSearched = (context: FileContext, node: ts.Node): boolean =>
  isAccess(node) && TEXT_TEST.test(accessedName(node) ?? '') && context.typeOf(node.expression)?.kind === 'errorPart';

/** A variable that holds the body of an error is searched as text somewhere in the file. */
export function isSearchedLater(context: FileContext, variable: ts.VariableDeclaration): boolean {
  const symbol = context.checker.getSymbolAtLocation(variable.name);
  let found = false;
  walk(context.file.source, (node) => {
    found ||=
      isSearched(context, node) &&
      context.checker.getSymbolAtLocation(unwrap((node as ts.PropertyAccessExpression).expression)) === symbol;
  });
  return found;
}

/** Lists what asks whether an error has a body: those of legacy had one where Amazon answered, and none of v2 has. */
export function reportAskedBodies(context: FileContext): void {
  walk(context.file.source, (node) => {
    const own = takenForOwn(context, node);
    if (own === undefined && !asksForBody(context, node) && !isSearched(context, node)) return;
    const says =
      own === undefined
        ? `${context.text(node)} asks for the body of an error`
        : `${context.text(node)} takes the error for your own ${own}, which has a body`;
    context.leaveOpen(node, {
      rule: 'node-client/error-code',
      legacy: { name: 'error.body' },
      replacement: { name: 'reasonCode' },
      message: `${says}: legacy put the answer of Amazon there, and an error of v2 has none. Where Amazon answered it has a reasonCode and a status, and without a connection neither.`,
    });
  });
}
