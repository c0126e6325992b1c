import { ts } from 'ts-morph';
import type { LegacyType } from '../../typed-program/brands';
import { nodesOf } from '../../typed-program/nodes';
import { outside } from '../../typed-program/outside';
import { awaited } from '../awaited';
import { type FileContext, walk } from '../context';

/** What runs a function and keeps its answer to itself, or hands it to the next. */
const NO_CALLER =
  /^(?:it|test|describe|before|after|beforeEach|afterEach)\b|\.(?:coroutine|async|wrap|method|then|catch|finally|map|flatMap|reduce|filter|forEach)$/;

/** `queue.process(async (job) => …)` of a library: it gets the answer, and does with it what it likes. */
function isGivenAway(context: FileContext, around: ts.SignatureDeclaration): string | undefined {
  const { parent } = around;
  if (!ts.isCallExpression(parent) && !ts.isNewExpression(parent)) return undefined;
  const callee = parent.expression;
  if (callee === (around as ts.Node) || NO_CALLER.test(callee.getText())) return undefined;
  const isUnknown = (context.checker.getTypeAtLocation(callee).flags & ts.TypeFlags.Any) !== 0;
  // What a known wrapper gives back is followed; its type stands around the call.
  const isFollowed = [parent, outside(parent)].some((each) => context.typeOf(each) !== undefined);
  return isUnknown && !isFollowed ? context.text(callee) : undefined;
}

/** `handlers[job.name](job.data)`: which of them is called is a value at run time. */
function isPickedByName(context: FileContext, around: ts.SignatureDeclaration): string | undefined {
  const member = ts.isMethodDeclaration(around) ? around : around.parent;
  if (!ts.isMethodDeclaration(member) && !ts.isPropertyAssignment(member)) return undefined;
  let table: ts.Node = member.parent;
  // `{ capture: { pick: (answer) => … } }` is picked by the name of the outer one.
  while (ts.isObjectLiteralExpression(table) || ts.isPropertyAssignment(table)) table = table.parent;
  if (!ts.isVariableDeclaration(table) || !ts.isIdentifier(table.name)) return undefined;
  const symbol = context.checker.getSymbolAtLocation(table.name);
  const picked = nodesOf(context.file.source).find(
    (node) =>
      ts.isElementAccessExpression(node) &&
      !ts.isStringLiteralLike(node.argumentExpression) &&
      context.checker.getSymbolAtLocation(node.expression) === symbol,
  );
  return picked === undefined ? undefined : context.text(picked);
}

/** The table of a state, or the element of an answer in which something stands. */
function nameOf(type: LegacyType | undefined): string | undefined {
  if (type?.kind === 'value') return /(?:State|Reason)$/.test(type.table) ? type.table : undefined;
  return type?.kind === 'element' && type.element !== 'EmptyResult' ? type.element : undefined;
}

/** Lists answers and states that a function returns to code of which nothing is known. */
export function reportReturned(context: FileContext): void {
  walk(context.file.source, (node) => {
    const value = ts.isReturnStatement(node)
      ? node.expression
      : ts.isArrowFunction(node) && !ts.isBlock(node.body)
        ? node.body
        : undefined;
    const found = value === undefined ? undefined : context.typeOf(awaited(value));
    const type = found?.kind === 'promise' ? found.of : found;
    const name = nameOf(type);
    if (value === undefined || name === undefined) return;
    const around = ts.isArrowFunction(node) ? node : ts.findAncestor(node, ts.isFunctionLike);
    const to = around && (isGivenAway(context, around) ?? isPickedByName(context, around));
    if (to === undefined) return;
    context.leaveOpen(value, {
      rule: 'node-client/escape',
      legacy: { name },
      replacement: null,
      message: `${context.text(value)} is returned to ${to}, of which nothing is known; ${type?.kind === 'value' ? 'it is a word of v2' : 'it is the v2 object'} from now on, so check what is done with it.`,
    });
  });
}
