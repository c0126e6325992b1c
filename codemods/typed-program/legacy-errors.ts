import { ts } from 'ts-morph';
import { DISTINCTIVE_ERROR, errorCodes } from '../../src/catalog';
import { legacyTypeOf } from './brands';

const ERROR_FIELDS = new Set(['type', 'name', 'code']);

/** `err.body.ErrorResponse`: no error but one of the old client carries the XML of MWS. */
const isErrorXml = ({ name, parent }: ts.PropertyAccessExpression): boolean =>
  name.text === 'body' && ts.isPropertyAccessExpression(parent) && parent.name.text === 'ErrorResponse';

/** `err.body && err.body.ErrorResponse.Error.Code`: what only asks whether there is XML asks the same error. */
function guardsErrorXml({ name, expression: error, parent }: ts.PropertyAccessExpression): boolean {
  if (name.text !== 'body' || ts.isPropertyAccessExpression(parent) || !ts.isIdentifier(error)) return false;
  const scope = ts.findAncestor(parent, (each) => ts.isCatchClause(each) || ts.isFunctionLike(each));
  const read = new RegExp(
    String.raw`(?<![\w$.])${error.text.replaceAll('$', String.raw`\$`)}\??\.body\??\.ErrorResponse\b`,
  );
  return scope !== undefined && read.test(scope.getText());
}

/** `const code = err.code`: what it is compared with stands elsewhere. */
const isKept = (node: ts.PropertyAccessExpression): boolean =>
  ERROR_FIELDS.has(node.name.text) && ts.isVariableDeclaration(node.parent) && node.parent.initializer === node;

/** `err.message` is looked into, and the caller sees only that it is one. */
const isTestedText = ({ name, parent }: ts.PropertyAccessExpression): boolean =>
  name.text === 'message' &&
  (ts.isPropertyAccessExpression(parent) || ts.isBinaryExpression(parent) || ts.isCallExpression(parent));

/** The texts that an expression is compared with: by `===`, `switch`, or membership in a written-out list. */
function comparedWith(node: ts.Expression): string[] {
  const { parent } = node;
  const texts = (nodes: readonly ts.Expression[]): string[] =>
    nodes.flatMap((each) => (ts.isStringLiteralLike(each) ? [each.text] : []));
  if (ts.isBinaryExpression(parent)) return texts([parent.left, parent.right]);
  if (ts.isSwitchStatement(parent))
    return texts(parent.caseBlock.clauses.filter(ts.isCaseClause).map((clause) => clause.expression));
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return [];
  const list = parent.expression.expression;
  return ts.isArrayLiteralExpression(list) ? texts([...list.elements]) : [];
}

/**
 * Returns the expression in `node` that is an error of the old client although no type says so: what it is compared with, or
 * the call that it was caught from, tells whose it is.
 */
export function legacyErrorIn(checker: ts.TypeChecker, node: ts.Node): ts.Expression | undefined {
  if (ts.isPropertyAccessExpression(node)) return readError(checker, node);
  return ts.isVariableDeclaration(node) ? errorTakenApart(checker, node) : undefined;
}

const isUntyped = (checker: ts.TypeChecker, node: ts.Node): boolean =>
  (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0;

/** `catch (e)` and `.catch((e) => …)` are untyped; what the error is compared with tells whose error it is. */
function readError(checker: ts.TypeChecker, node: ts.PropertyAccessExpression): ts.Expression | undefined {
  const { expression: error } = node;
  if (!ts.isIdentifier(error)) return undefined;
  const isOfNote = isErrorXml(node) || guardsErrorXml(node) || isTestedText(node) || isKept(node);
  const codes = ERROR_FIELDS.has(node.name.text) ? comparedWith(node).filter((code) => errorCodes[code]) : [];
  if ((!isOfNote && codes.length === 0) || !isUntyped(checker, error)) return undefined;
  return codes.some((code) => DISTINCTIVE_ERROR.test(code)) || isCaughtFromLegacy(checker, error) ? error : undefined;
}

/** `const { type, message } = error` */
function errorTakenApart(
  checker: ts.TypeChecker,
  { name, initializer }: ts.VariableDeclaration,
): ts.Expression | undefined {
  if (!ts.isObjectBindingPattern(name) || initializer === undefined || !ts.isIdentifier(initializer)) return undefined;
  return isUntyped(checker, initializer) && isCaughtFromLegacy(checker, initializer) ? initializer : undefined;
}

function isCaughtFromLegacy(checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const declaration = checker.getSymbolAtLocation(name)?.valueDeclaration;
  const clause = declaration?.parent;
  if (clause !== undefined && ts.isCatchClause(clause)) return callsLegacy(checker, clause.parent.tryBlock);
  const handler = clause?.parent;
  const call = handler !== undefined && ts.isCallExpression(handler) ? handler.expression : undefined;
  return call !== undefined && ts.isPropertyAccessExpression(call) && callsLegacy(checker, call.expression);
}

function callsLegacy(checker: ts.TypeChecker, scope: ts.Node): boolean {
  let found = false;
  const visit = (node: ts.Node): void => {
    // What a call by a name answers with is written around it.
    if (ts.isCallExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) {
      const callee = legacyTypeOf(checker, checker.getTypeAtLocation(node.expression));
      const result = legacyTypeOf(checker, checker.getTypeAtLocation(node));
      found ||= callee?.kind === 'operation' || result?.kind === 'promise';
    }
    if (!found) ts.forEachChild(node, visit);
  };
  visit(scope);
  return found;
}
