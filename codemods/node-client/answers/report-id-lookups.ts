import { ts } from 'ts-morph';
import { isAccess } from '../../rewriting/access';
import { isNothing } from '../../typed-program/nodes';
import { outside } from '../../typed-program/outside';
import { type FileContext, walk } from '../context';
import { EQUALITY } from '../values/value-places';
import { mayBeDeclined } from './strict-reads';
import { callTaking, flowOf, isFollowed } from './value-flow';

/** Legacy had an id of the authorization, `…-A000001`; a charge of v2 answers with its own, `…-C000001` (facts: api-mapping.md section 2). */
const CHANGES = 'AmazonAuthorizationId';

const isChanged = (context: FileContext, node: ts.Node): boolean => {
  const type = context.typeOf(node);
  return type?.kind === 'id' && type.name === CHANGES;
};

/** `findOne`, `getByAuthorization`, `has`, `where`: asks for what was kept under an id. */
const ASKS =
  /^(?:find|get|has|where|and[A-Z]|lookup|load|fetch|select|delete|remove|count|exists|includes|indexOf|filter|by|one|first|update|upsert|set[A-Z])/;
/** Of these only the first argument says which row is meant; the others are what is written. */
const WRITES = /^(?:update|upsert|set)/;

/** What looks for something by the id, as text. */
function soughtBy(context: FileContext, node: ts.Expression): string | undefined {
  const around = outside(node);
  const { parent } = around;
  if (ts.isBinaryExpression(parent) && EQUALITY.has(parent.operatorToken.kind)) {
    const other = parent.left === around ? parent.right : parent.left;
    const isMeant = !isNothing(other) && !ts.isStringLiteralLike(other) && !isChanged(context, other);
    return isMeant ? context.text(parent) : undefined;
  }
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === around) return context.text(parent);
  const { carrier, nested } = flowOf(node);
  const call = callTaking(carrier);
  if (call === undefined || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression))
    return undefined;
  const name = call.expression.name.text;
  const isFirst = call.arguments[0] === carrier;
  if (!ASKS.test(name) || (WRITES.test(name) && !(isFirst && call.arguments.length > 1))) return undefined;
  const kind = context.typeAround(call.expression)?.kind;
  return kind === 'operation' || isFollowed(context, call, carrier, nested) ? undefined : context.text(call.expression);
}

/** A function around it makes the authorization, whose id is a new one. */
function standsByAuthorize(node: ts.Node): boolean {
  const around = ts.findAncestor(node, ts.isFunctionLike);
  if (around === undefined) return false;
  return (
    /\bauthori[sz]e\w*\s*\(|\bAuthorizationReferenceId\b/i.test(around.getText()) || standsByAuthorize(around.parent)
  );
}

/** `order.authorizationId = details.AmazonAuthorizationId` where nothing was authorized: it is written over the id of before. */
function isWrittenOver(context: FileContext, node: ts.Expression): boolean {
  if (standsByAuthorize(node)) return false;
  const value = outside(node);
  const { parent } = value;
  // Under the name that legacy has for it, it is the parameter of another call.
  const isName = (name: ts.Node): boolean => /auth/i.test(name.getText()) && !name.getText().endsWith(CHANGES);
  const isKept =
    (ts.isPropertyAssignment(parent) && parent.initializer === value && isName(parent.name)) ||
    (ts.isBinaryExpression(parent) &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
      parent.right === value &&
      isAccess(parent.left) &&
      isName(parent.left));
  return isKept && !mayBeDeclined(context, node) && soughtBy(context, node) === undefined;
}

/** Lists where something is looked for by the id of an authorization that an answer brings: what was stored before has another. */
export function reportIdLookups(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) && !isAccess(node)) return;
    if (isAccess(node.parent) && node.parent.expression !== node) return;
    if (!isChanged(context, node)) return;
    if (isWrittenOver(context, node)) {
      context.leaveOpen(node, {
        rule: 'node-client/result-read',
        legacy: { name: CHANGES },
        replacement: { name: 'chargeId' },
        message: `${context.text(node)} is kept here, and is the id of the charge from now on (…-C…): written over the id of an authorization of before (…-A…), it lets what legacy still sends of that find nothing. Keep the id that is there.`,
      });
      return;
    }
    const by = soughtBy(context, node);
    if (by === undefined) return;
    context.leaveOpen(node, {
      rule: 'node-client/result-read',
      legacy: { name: CHANGES },
      replacement: { name: 'chargeId' },
      message: `${by} goes by ${context.text(node)}, which is the id of the charge from now on (…-C…), where legacy answered with that of the authorization (…-A…): what was stored before is not found by it. Go by the id that the call was made with, or make both alike with toChargeId.`,
    });
  });
}
