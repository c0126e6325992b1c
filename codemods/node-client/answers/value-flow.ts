import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import type { FileContext } from '../context';
import { legacyTypeOf } from '../../typed-program/brands';

/** Writing to a log is no use that a change of words can break. */
const LOGGING =
  /(?:^|\.)(?:console|log|logger|debug|winston|pino|bunyan)(?:$|\.)|\.(?:log|info|warn|error|debug|trace)$/i;

/** Where an expression ends up, out of what merely carries it. */
export interface Flow {
  /** The carrier whose parent makes use of it. */
  readonly carrier: ts.Node;
  /** It went into an object or a list on the way. */
  readonly nested: boolean;
  /** Its fields were copied: `{ ...details }`. */
  readonly spread: boolean;
}

const LOGICAL = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
]);

const isTransparent = (parent: ts.Node, node: ts.Node): boolean =>
  ts.isParenthesizedExpression(parent) ||
  ts.isAsExpression(parent) ||
  ts.isNonNullExpression(parent) ||
  ts.isAwaitExpression(parent) ||
  (ts.isConditionalExpression(parent) && parent.condition !== node) ||
  (ts.isBinaryExpression(parent) && LOGICAL.has(parent.operatorToken.kind) && !isMereGuard(parent, node));

/** `data && data.RefundDetails`: only what is nothing goes on from the left. */
const isMereGuard = (parent: ts.BinaryExpression, node: ts.Node): boolean =>
  parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;

const isContainer = (parent: ts.Node, node: ts.Node): boolean =>
  ts.isArrayLiteralExpression(parent) ||
  ts.isObjectLiteralExpression(parent) ||
  ts.isShorthandPropertyAssignment(parent) ||
  (ts.isPropertyAssignment(parent) && parent.initializer === node);

/** Climbs out of parentheses, alternatives, objects and lists. */
export function flowOf(node: ts.Node): Flow {
  let carrier = node;
  let nested = false;
  let spread = false;
  for (;;) {
    const { parent } = carrier;
    if (ts.isSpreadAssignment(parent)) spread = true;
    else if (isContainer(parent, carrier)) nested = true;
    else if (!isTransparent(parent, carrier)) return { carrier, nested, spread };
    carrier = parent;
  }
}

const STORES = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
  ts.SyntaxKind.AmpersandAmpersandEqualsToken,
]);

/** `order.capture = details`, `session.capture ??= details`; not a variable or a pattern, which are followed. */
export function placeKeeping(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  const isStored = ts.isBinaryExpression(parent) && STORES.has(parent.operatorToken.kind) && parent.right === node;
  return isStored && isAccess(parent.left) ? parent.left : undefined;
}

/** The call that takes the expression as an argument. */
export function callTaking(node: ts.Node): ts.CallExpression | ts.NewExpression | undefined {
  const { parent } = node;
  const isArgument =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
    (parent.arguments?.includes(node as ts.Expression) ?? false);
  return isArgument ? (parent as ts.CallExpression | ts.NewExpression) : undefined;
}

const ERROR = /(?:Error|Exception)$/;

/** `new Error(…)`, and `super(…)` of one: read by people. */
const isError = (node: ts.Node): boolean => {
  if (ts.isNewExpression(node)) return ERROR.test(node.expression.getText());
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.SuperKeyword) return false;
  const heritage = ts.findAncestor(node, ts.isClassLike)?.heritageClauses ?? [];
  return heritage.some(({ types }) => types.some(({ expression }) => ERROR.test(expression.getText())));
};

/** `console.log`, `logger.info` */
export const isLog = (callee: ts.Node): boolean => LOGGING.test(callee.getText());

export const isLogged = (node: ts.Node): boolean =>
  (ts.isCallExpression(node) && isLog(node.expression)) || isError(node);

/** The parameter that takes the value says so by its type, so what is done with it behind the call is followed. */
export function isFollowed(
  context: FileContext,
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Node,
  nested: boolean,
): boolean {
  const { checker } = context;
  if (context.typeOf(call.expression)?.kind === 'operation') return true;
  const signature = checker.getResolvedSignature(call);
  // A callback that was handed in: who hands it in may stand in no file that is known.
  const declaration = signature?.getDeclaration();
  if (declaration?.kind === ts.SyntaxKind.FunctionType && !declaration.getSourceFile().isDeclarationFile) return false;
  const parameters = signature?.getParameters() ?? [];
  const parameter = parameters[call.arguments?.indexOf(argument as ts.Expression) ?? -1];
  if (parameter === undefined) return false;
  const type = checker.getTypeOfSymbolAtLocation(parameter, call);
  const found = legacyTypeOf(checker, type);
  // Where anything may come in, what becomes of a state is not certain.
  if (found !== undefined) return found.kind !== 'told' || context.typeOf(argument)?.kind === 'told';
  return (
    nested &&
    (type.flags & ts.TypeFlags.Any) === 0 &&
    type.getProperties().some((property) => legacyTypeOf(checker, checker.getTypeOfSymbol(property)) !== undefined)
  );
}

/** `${state}` and `'state: ' + state` outside a log: the words end up somewhere. */
export function isWrittenInto(node: ts.Node): boolean {
  let parent: ts.Node = node.parent;
  const isText =
    ts.isTemplateSpan(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken);
  while (ts.isTemplateSpan(parent) || ts.isTemplateExpression(parent) || ts.isBinaryExpression(parent))
    parent = parent.parent;
  return isText && !isLogged(parent);
}
