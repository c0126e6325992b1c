import { ts } from 'ts-morph';
import { DISTINCTIVE_ERROR, errorCodes } from '../../src/catalog';
import { catchesLegacy, isCaughtFromLegacy } from './caught-errors';
import { constantText } from './constant-text';
import { isNothing, walk } from './nodes';
import type { SharedErrorHandlers } from './shared-error-handlers';

const ERROR = 'AmazonPayLegacy.LegacyError';
const CODE = "AmazonPayLegacy.Value<'errorCode'>";

/** What is bound of a caught error. Others have names as well. */
const CAUGHT: Readonly<Record<string, string>> = {
  body: 'AmazonPayLegacy.ErrorBody',
  type: CODE,
};

const EQUALITY: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
]);

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

const TEXT_TEST = /^(?:indexOf|lastIndexOf|includes|match|search|startsWith|endsWith|test|exec)$/;

/** `err.type.indexOf('Throttl')`, `/^RequestThrottled/.test(err.type)`: words of a code of legacy are looked for. */
function isSearchedForCode(node: ts.PropertyAccessExpression): boolean {
  if (!ERROR_FIELDS.has(node.name.text)) return false;
  const { parent } = node;
  const isSubject = ts.isPropertyAccessExpression(parent) && parent.expression === node;
  const call = isSubject ? parent.parent : parent;
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return false;
  if (!TEXT_TEST.test(call.expression.name.text)) return false;
  const words = (isSubject ? (call.arguments[0]?.getText() ?? '') : call.expression.expression.getText()).match(
    /[A-Za-z]{4,}/g,
  );
  return words?.some((word) => Object.keys(errorCodes).some((code) => code.includes(word))) ?? false;
}

/** `if (err.body)`, `err.body && …`: others have a body as well, and nothing of it is read here. */
const isAskedFor = (node: ts.Expression): boolean =>
  ts.isIfStatement(node.parent) ||
  ts.isPrefixUnaryExpression(node.parent) ||
  (ts.isConditionalExpression(node.parent) && node.parent.condition === node) ||
  (ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken);

/** What is said of an error only where an operation was tried: its text as XML, the HTTP status that it does not have. */
const isReadOfCaught = (node: ts.PropertyAccessExpression): boolean =>
  node.name.text === 'statusCode' ||
  isSearchedForCode(node) ||
  (node.name.text === 'body' && !ts.isPropertyAccessExpression(node.parent) && !isAskedFor(node));

/** What an expression is compared with: by `===`, `switch`, or membership in a list that is written out or has a name. */
function comparedWith(checker: ts.TypeChecker, node: ts.Expression): readonly ts.Expression[] {
  const { parent } = node;
  if (ts.isBinaryExpression(parent))
    return EQUALITY.has(parent.operatorToken.kind) ? [parent.left === node ? parent.right : parent.left] : [];
  if (ts.isSwitchStatement(parent))
    return parent.caseBlock.clauses.filter(ts.isCaseClause).map(({ expression }) => expression);
  if (!ts.isCallExpression(parent) || !ts.isPropertyAccessExpression(parent.expression)) return [];
  const list = parent.expression.expression;
  return ts.isArrayLiteralExpression(list) ? list.elements : constantList(checker, list);
}

/** `RETRYABLE.includes(err.type)`, where the list has nothing but codes of the client: `ECONNRESET` is another's. */
function constantList(checker: ts.TypeChecker, list: ts.Expression): readonly ts.Expression[] {
  const declared = ts.isIdentifier(list) ? checker.getSymbolAtLocation(list)?.valueDeclaration : undefined;
  const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : list;
  const inSet = value !== undefined && ts.isNewExpression(value) ? value.arguments?.[0] : value;
  const words = inSet !== undefined && ts.isArrayLiteralExpression(inSet) ? inSet.elements : [];
  return words.every((word) => errorCodes[constantText(checker, word) ?? '']) ? words : [];
}

/** `err.type === code`: the word stands where it is not seen, with the caller or in a table. */
const isUnseenWord = (checker: ts.TypeChecker, word: ts.Expression): boolean =>
  constantText(checker, word) === undefined &&
  !isNothing(word) &&
  !(ts.isPropertyAccessExpression(word) && ERROR_FIELDS.has(word.name.text)) &&
  (ts.isIdentifier(word) || ts.isPropertyAccessExpression(word) || ts.isElementAccessExpression(word));

/** An expression of which no type says what it is, and the text of the type that it has. */
export interface Recognised {
  readonly node: ts.Expression;
  readonly text: string;
}

/**
 * Returns the expression in `node` that is an error of the old client although no type says so: what it is compared with, or
 * the call that it was caught from, tells whose it is. Of what may be an error of the project, the code alone is of the client.
 *
 * @param ownFields the fields in which errors of the project keep such a code
 * @param handlers functions that take a caught error under a name of their own
 */
export function legacyErrorIn(
  checker: ts.TypeChecker,
  node: ts.Node,
  ownFields: ReadonlySet<string>,
  handlers: SharedErrorHandlers,
): Recognised | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const found = readError(checker, node, handlers);
    if (found === 'code') return { node, text: CODE };
    if (found === undefined) return undefined;
    const error = found;
    if (!ownFields.has(node.name.text)) return { node: error, text: ERROR };
    return isUntyped(checker, node) ? { node, text: CODE } : undefined;
  }
  const taken = ts.isVariableDeclaration(node) ? errorTakenApart(checker, node) : undefined;
  return taken === undefined ? undefined : { node: taken, text: ERROR };
}

const isUntyped = (checker: ts.TypeChecker, node: ts.Node): boolean =>
  (checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0;

/**
 * `catch (e)` and `.catch((e) => …)` are untyped; what the error is compared with tells whose error it is. What takes errors of
 * others as well may still get a code of the client there.
 */
function readError(
  checker: ts.TypeChecker,
  node: ts.PropertyAccessExpression,
  handlers: SharedErrorHandlers,
): ts.Expression | 'code' | undefined {
  const { expression: error } = node;
  if (!ts.isIdentifier(error)) return undefined;
  const isOfNote =
    isErrorXml(node) || guardsErrorXml(node) || isTestedText(node) || isKept(node) || isReadOfCaught(node);
  const words = ERROR_FIELDS.has(node.name.text) ? comparedWith(checker, node) : [];
  const codes = words.map((word) => constantText(checker, word) ?? '').filter((code) => errorCodes[code]);
  // No error of the old client has a code.
  const isUnseen = node.name.text !== 'code' && words.some((word) => isUnseenWord(checker, word));
  if ((!isOfNote && !isUnseen && codes.length === 0) || !isUntyped(checker, error)) return undefined;
  if (codes.some((code) => DISTINCTIVE_ERROR.test(code)) || isCaughtFromLegacy(checker, error)) return error;
  if (!isUnseen && codes.length === 0) return undefined;
  const errors = handlers.errorsIn(error);
  if (errors === 'legacy') return error;
  return errors === 'mixed' && isUnseen && isUntyped(checker, node) ? 'code' : undefined;
}

/** `const { type, message } = error` */
function errorTakenApart(
  checker: ts.TypeChecker,
  { name, initializer }: ts.VariableDeclaration,
): ts.Expression | undefined {
  if (!ts.isObjectBindingPattern(name) || initializer === undefined || !ts.isIdentifier(initializer)) return undefined;
  return isUntyped(checker, initializer) && isCaughtFromLegacy(checker, initializer) ? initializer : undefined;
}

/** `catch ({ body, type })`: no type can be written there, so each use of the name has its own. */
export function usesOfCaught(checker: ts.TypeChecker, clause: ts.CatchClause): { node: ts.Identifier; text: string }[] {
  const declaration = clause.variableDeclaration;
  if (declaration === undefined || !ts.isObjectBindingPattern(declaration.name)) return [];
  const types = new Map<ts.Symbol | undefined, string>();
  for (const { name, propertyName } of declaration.name.elements) {
    const text = ts.isIdentifier(name) ? CAUGHT[(propertyName ?? name).getText()] : undefined;
    if (text !== undefined) types.set(checker.getSymbolAtLocation(name), text);
  }
  if (types.size === 0 || !catchesLegacy(checker, declaration)) return [];
  const found: { node: ts.Identifier; text: string }[] = [];
  walk(clause.block, (node) => {
    if (!ts.isIdentifier(node) || ts.isShorthandPropertyAssignment(node.parent)) return;
    if (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) return;
    const text = types.get(checker.getSymbolAtLocation(node));
    if (text !== undefined && isUntyped(checker, node)) found.push({ node, text });
  });
  return found;
}

/** `.catch(({ body }) => …)` */
export const isCaughtPattern = (checker: ts.TypeChecker, node: ts.Node): node is ts.ParameterDeclaration =>
  ts.isParameter(node) &&
  ts.isObjectBindingPattern(node.name) &&
  /\b(?:body|type)\b/.test(node.name.getText()) &&
  catchesLegacy(checker, node);
