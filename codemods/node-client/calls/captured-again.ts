import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../../rewriting/access';
import { valuesOf } from './call-values';
import { type FileContext, walk } from '../context';
import type { OperationCall } from './find-operations';
import { operations } from '../../../src/catalog';

/** Methods that call a function for each of a list. */
const EACH = /^(?:forEach|reduce|(?:map|flatMap|concat|each(?:Of)?)(?:Series|Limit)?)$/;

function isForEach(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isCallExpression(parent) || !parent.arguments.includes(node as ts.Expression)) return false;
  return isAccess(parent.expression) && EACH.test(accessedName(parent.expression) ?? '');
}

/** `(function next() { … next(); … })()`: the function goes on with itself. */
function callsItself({ checker }: FileContext, node: ts.Node): boolean {
  const name = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) ? node.name : variableOf(node);
  const symbol = name === undefined ? undefined : checker.getSymbolAtLocation(name);
  let calls = false;
  if (symbol !== undefined)
    walk(node, (each) => {
      calls ||= ts.isIdentifier(each) && each !== name && checker.getSymbolAtLocation(each) === symbol;
    });
  return calls;
}

const variableOf = ({ parent }: ts.Node): ts.Identifier | undefined =>
  ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name) ? parent.name : undefined;

/** The innermost loop, or call for each of a list, that a place is run in; not one that calls a function by its name. */
function loopAround(context: FileContext, node: ts.Node): ts.Node | undefined {
  for (let inner = node; !ts.isSourceFile(inner); inner = inner.parent) {
    if (ts.isIterationStatement(inner, false)) return inner;
    const isExpression = ts.isArrowFunction(inner) || ts.isFunctionExpression(inner);
    if (isExpression && isForEach(inner)) return inner;
    if (ts.isFunctionLike(inner) && callsItself(context, inner)) return inner;
    // `new Promise((resolve) => …)` and callbacks of other calls run where they stand.
    if (ts.isFunctionLike(inner) && !(isExpression && isGiven(inner))) return undefined;
  }
  return undefined;
}

const isGiven = ({ parent }: ts.Node): boolean => ts.isCallExpression(parent) || ts.isNewExpression(parent);

/** Something that an expression is made of is made anew in each round. */
function changesIn({ checker }: FileContext, loop: ts.Node, expression: ts.Node): boolean {
  let changes = false;
  walk(expression, (node) => {
    if (ts.isCallExpression(node)) changes = true;
    if (!ts.isIdentifier(node) || (isAccess(node.parent) && node.parent.expression !== node)) return;
    const declaration = checker.getSymbolAtLocation(node)?.valueDeclaration;
    changes ||= declaration !== undefined && ts.findAncestor(declaration, (each) => each === loop) !== undefined;
  });
  return changes;
}

const ONCE =
  'a charge of v2 can be captured once, and this captures the same authorization in each round: what comes after the first is refused. Make a charge for each part (createCharge on the Charge Permission), or capture the whole at once.';

/**
 * Tells of a Capture that is made several times of one authorization, which legacy allowed and v2 does not (facts: api-mapping.md
 * section 2: at most one capture per charge).
 */
export function capturedAgain(context: FileContext, call: OperationCall): string | undefined {
  const operation = operations[call.operation];
  if (call.operation !== 'Capture' || operation === undefined || call.parameters === undefined) return undefined;
  const loop = loopAround(context, call.node);
  if (loop === undefined) return undefined;
  const { nodes } = valuesOf(context, call, operation);
  const [id, reference] = [nodes.get('AmazonAuthorizationId'), nodes.get('CaptureReferenceId')];
  if (id === undefined || reference === undefined || changesIn(context, loop, id)) return undefined;
  // Under one reference it is the same capture, tried again.
  return changesIn(context, loop, reference) ? ONCE : undefined;
}
