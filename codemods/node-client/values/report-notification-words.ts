import { ts } from 'ts-morph';
import { isDistinctive } from '../untyped/untyped-shapes';
import { SPEAKS_OF_NOTIFICATIONS } from '../../ipn-handler/find-seams';
import { accessedName, isAccess } from '../../rewriting/access';
import { distinctTypes } from '../../typed-program/brands';
import { type FileContext, unwrap, walk } from '../context';
import { storedIn } from '../calls/kept-calls';
import type { StoredStates } from '../stored/stored-states';

const WORD = /^(?:State|ReasonCode)$/;
const MIGRATED = /\bfetch(?:Signed)?Notification/;

/** `details.CaptureStatus`, or a name for it. */
function isStatus(context: FileContext, node: ts.Node): boolean {
  if (isAccess(node)) {
    const name = accessedName(node) ?? '';
    // `CaptureStatus[0]` of xml2js.
    return (
      (isDistinctive(name) && name.endsWith('Status')) || (/^\d+$/.test(name) && isStatus(context, node.expression))
    );
  }
  if (!ts.isIdentifier(node)) return false;
  const declared = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declared === undefined) return false;
  if (ts.isBindingElement(declared)) {
    const name = (declared.propertyName ?? declared.name).getText();
    return isDistinctive(name) && name.endsWith('Status');
  }
  return (
    ts.isVariableDeclaration(declared) &&
    declared.initializer !== undefined &&
    isStatus(context, unwrap(declared.initializer))
  );
}

/** A state or reason that is read of a status, of which no type says that a call answered with it. */
function isWordOfMessage(context: FileContext, value: ts.Expression): boolean {
  const node = unwrap(value);
  if (context.typeOf(node) !== undefined) return false;
  if (isAccess(node)) {
    const name = accessedName(node) ?? '';
    if (/^(?:\d+|_text|_)$/.test(name)) return isWordOfMessage(context, node.expression);
    return WORD.test(name) && context.typeOf(node.expression) === undefined && isStatus(context, node.expression);
  }
  if (!ts.isIdentifier(node)) return false;
  const declared = context.checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (declared === undefined) return false;
  if (ts.isVariableDeclaration(declared))
    return declared.initializer !== undefined && isWordOfMessage(context, declared.initializer);
  if (!ts.isBindingElement(declared) || !WORD.test((declared.propertyName ?? declared.name).getText())) return false;
  const owner = declared.parent.parent;
  if (ts.isBindingElement(owner)) return isDistinctive((owner.propertyName ?? owner.name).getText());
  return (
    ts.isVariableDeclaration(owner) && owner.initializer !== undefined && isStatus(context, unwrap(owner.initializer))
  );
}

/** Where a word goes, and which files bring words of v2 to the same place. */
interface Meeting {
  readonly name: string;
  readonly others: string;
}

function atColumn(
  context: FileContext,
  states: StoredStates,
  node: ts.Node,
): (Meeting & { readonly value: ts.Expression }) | undefined {
  const stored = storedIn(node);
  const known = stored === undefined ? undefined : states.get(stored.name);
  if (stored === undefined || known === undefined || !isWordOfMessage(context, stored.value)) return undefined;
  return { value: stored.value, name: stored.name, others: [...new Set(known.paths)].slice(0, 3).join(', ') };
}

/** A function of the project that both hand their words to: the type of its parameter was told by a call. */
function atParameter(context: FileContext, node: ts.Node): (Meeting & { readonly value: ts.Expression }) | undefined {
  if (!ts.isExpression(node) || !ts.isCallExpression(node.parent) || !isWordOfMessage(context, node)) return undefined;
  const index = node.parent.arguments.indexOf(node);
  const declaration = context.checker.getResolvedSignature(node.parent)?.getDeclaration();
  const parameter = index < 0 ? undefined : declaration?.parameters[index];
  if (parameter === undefined) return undefined;
  const types = distinctTypes(context.checker, context.checker.getTypeAtLocation(parameter));
  const isOfCalls = types.some((type) => type.kind === 'value' || type.kind === 'told');
  const name = `${context.text(node.parent.expression)} (${parameter.name.getText()})`;
  return isOfCalls ? { value: node, name, others: 'calls that were rewritten' } : undefined;
}

/**
 * Lists the places of a handler of notifications that keep a state where rewritten calls keep theirs: notifications go on being
 * told in the words of legacy, so that one column has two languages from now on.
 */
export function reportNotificationWords(context: FileContext, states: StoredStates): void {
  const { text } = context.file.unit;
  if (!SPEAKS_OF_NOTIFICATIONS.test(text) && !MIGRATED.test(text)) return;
  // One that is told as XML does not carry the object along.
  const fetched =
    /\bfetchNotificationAsXml/.test(text) || context.helpers.has('fetchNotificationAsXml')
      ? 'the object that getCharge, getRefund or getChargePermission answers with'
      : 'the fetched object, which the translated notification has as `object`,';
  const seen = new Set<string>();
  walk(context.file.source, (node) => {
    const meeting = atColumn(context, states, node) ?? atParameter(context, node);
    if (meeting === undefined) return;
    const { value, name, others } = meeting;
    const begins = `${name} gets ${context.text(value)} of a notification here, in the words of legacy, and `;
    const place = `${context.rewriter.start(value)}`;
    if (seen.has(place)) return;
    seen.add(place);
    context.leaveOpen(
      value,
      {
        rule: 'node-client/state-comparison',
        confidence: 'medium',
        legacy: { name },
        replacement: { name: 'statusDetails.state' },
        message: `${begins}the words of v2 from ${others}: both meet in one place. Decide for one language: keep statusDetails of ${fetched} here, or translate in front of the column; and what reads it must know what was stored before.`,
      },
      { begins },
    );
  });
}
