import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from '../context';
import { idParameters, type KeptCall } from './kept-calls';

/** Ids of legacy, and what the v2 call that takes the place of the answering one gives for them (facts: managing-v1-objects.md). */
const V2_IDS: Readonly<Record<string, { readonly field: string; readonly what: string }>> = {
  AmazonAuthorizationId: { field: 'chargeId', what: 'a Charge id, with C at the 21st character' },
  AmazonCaptureId: { field: 'chargeId', what: 'a Charge id, with C at the 21st character' },
  AmazonRefundId: { field: 'refundId', what: 'a refund id of v2' },
  AmazonOrderReferenceId: { field: 'chargePermissionId', what: 'a Charge Permission id' },
  AmazonBillingAgreementId: { field: 'chargePermissionId', what: 'a Charge Permission id' },
};

interface GivenId {
  readonly node: ts.Node;
  /** What holds the id, as it is written. */
  readonly text: string;
  /** The name of the id in legacy. */
  readonly id: string;
  /** Known by the name alone under which it is kept. */
  readonly byName: boolean;
}

/** The constant that a name stands for, so that what it was made of can be looked at. */
function madeOf(context: FileContext, node: ts.Expression): ts.Expression {
  const expression = unwrap(node);
  if (!ts.isIdentifier(expression)) return expression;
  const declaration = context.checker.getSymbolAtLocation(expression)?.valueDeclaration;
  const value =
    declaration !== undefined && ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value !== undefined && ts.isObjectLiteralExpression(unwrap(value)) ? unwrap(value) : expression;
}

/** What is a v2 id in what a call is given: by its type, or by the name under which it was kept. */
function idsIn(
  context: FileContext,
  given: ts.Expression,
  stored: ReadonlyMap<string, ReadonlySet<string>>,
): GivenId[] {
  const found: GivenId[] = [];
  const expression = madeOf(context, given);
  const inPlace = expression.getStart() >= given.getStart() && expression.getEnd() <= given.getEnd();
  const add = (node: ts.Node, id: string, byName: boolean): void => {
    if (V2_IDS[id] !== undefined) found.push({ node: inPlace ? node : given, text: context.text(node), id, byName });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) {
      const symbol = context.checker.getShorthandAssignmentValueSymbol(node)?.valueDeclaration;
      const type = symbol === undefined ? undefined : context.typeOf(symbol);
      if (type?.kind === 'id') add(node, type.name, false);
      return;
    }
    if (ts.isPropertyAssignment(node)) {
      visit(node.initializer);
      return;
    }
    if (ts.isIdentifier(node) || ts.isPropertyAccessExpression(node)) {
      const type = context.typeOf(node);
      const [kept] = (ts.isPropertyAccessExpression(node) && stored.get(node.name.text)) || [];
      if (type?.kind === 'id') add(node, type.name, false);
      else if (kept !== undefined) add(node, kept, true);
      if (ts.isIdentifier(node) || type?.kind === 'id') return;
    }
    ts.forEachChild(node, visit);
  };
  visit(expression);
  const members = ts.isIdentifier(expression) ? context.checker.getTypeAtLocation(expression).getProperties() : [];
  for (const member of members) {
    const type = context.typeOfSymbol(member);
    if (type?.kind === 'id')
      found.push({ node: given, text: `${context.text(given)}.${member.name}`, id: type.name, byName: false });
  }
  return found;
}

function report(context: FileContext, call: KeptCall, { node, text, id, byName }: GivenId): void {
  const v2 = V2_IDS[id];
  if (v2 === undefined) return;
  const origin = byName
    ? 'is a name under which this project keeps ids of calls that are v2 from now on'
    : 'comes from a call that is v2 from now on';
  context.leaveOpen(node, {
    rule: 'node-client/v2-id',
    confidence: byName ? 'medium' : 'high',
    legacy: { name: id },
    replacement: { name: v2.field },
    message: `${text} ${origin}: it holds ${v2.what}, and ${call.name} stays legacy and does not know it. Move this call to v2 too, or make it only for objects whose id legacy gave.`,
  });
}

/** Says at a call that stays what nobody can see from here: where the id comes from. */
function unseen({ name }: KeptCall, ids: readonly string[]): string {
  const what = ids.length === 0 ? 'an id' : ids.join(' or ');
  return ` Where ${name} gets ${what} from is not seen: other calls of this package answer in v2, and of their ids legacy knows none; make this call only for objects whose id legacy gave.`;
}

/** Parameters in which an id can stand. */
function mayHoldId(call: KeptCall, ids: readonly string[]): boolean {
  if (ids.length > 0) return call.given.length > 0;
  let found = false;
  for (const given of call.given)
    walk(given, (node) => {
      found ||= ts.isIdentifier(node) && /^Amazon\w+Id$/.test(node.text);
    });
  return found;
}

/**
 * Lists ids of v2 that reach a call which stays legacy. Where the type says where the id comes from, the place is listed;
 * where nothing says it, the call that stays says so itself, once.
 *
 * @param stored names under which the project keeps such ids
 */
export function reportIdsToLegacy(
  context: FileContext,
  kept: readonly KeptCall[],
  stored: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  for (const call of kept) {
    const found = call.given.flatMap((given) => idsIn(context, given, stored));
    found.forEach((id) => {
      report(context, call, id);
    });
    const ids = idParameters(call.name);
    if (found.length === 0 && mayHoldId(call, ids)) context.addToMessage(call.node, unseen(call, ids));
  }
}
