import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { Operation, V2Operation } from '../../src/catalog/types';
import { indentAt } from '../rewriting/style';
import { buildV2Call } from '../v2-request/build-v2-call';
import type { FieldNote, LegacyValue, V2Call } from '../v2-request/types';
import { type Collected, collectLiteral } from './collect-values';
import { mayReadDraft } from './consent-token';
import { type FileContext, unwrap, walk } from './context';
import { operationsAround, type Decision } from './decide';
import type { OperationCall, OperationReference } from './find-operations';
import { collectFlatFromObject, flatNames, withConfiguredCurrency } from './flat-arguments';
import type { ClientMode } from './plan-clients';
import { collectFromObject } from './read-off-object';
import { reportNotes } from './report-notes';
import { functionText } from './wording';

type Rewrite = Extract<Decision, { kind: 'rewrite' }>;

/** The v2 client that takes the place of `client.offAmazonPayments`, as source text. */
export function v2ClientText(
  context: FileContext,
  receiver: ts.Expression,
  mode: ClientMode,
  emit: (node: ts.Node) => string,
): string {
  const object = unwrap(receiver);
  const type = context.typeOf(object);
  const isMember =
    ts.isPropertyAccessExpression(object) &&
    type?.kind === 'offAmazonPayments' &&
    context.typeOf(object.expression)?.kind === 'client';
  const byName = ts.isPropertyAccessExpression(object) && object.name.text === 'offAmazonPayments';
  const base = isMember || byName ? emit((object as ts.PropertyAccessExpression).expression) : emit(object);
  const simple = /^[\w$.?!()[\]'"]+$/.test(base) ? base : `(${base})`;
  return mode === 'beside' ? `${simple}.checkoutV2` : simple;
}

const isSimple = (node: ts.Expression): boolean => {
  const expression = unwrap(node);
  return (
    ts.isIdentifier(expression) ||
    (ts.isPropertyAccessExpression(expression) && isSimple(expression.expression)) ||
    expression.kind === ts.SyntaxKind.ThisKeyword
  );
};

const containsAwait = (node: ts.Node | undefined): boolean => {
  let found = false;
  const visit = (child: ts.Node): void => {
    if (ts.isAwaitExpression(child)) found = true;
    else if (!ts.isFunctionLike(child)) ts.forEachChild(child, visit);
  };
  if (node !== undefined) visit(node);
  return found;
};

/** Names of flat camelCase arguments become the MWS names that the catalog knows. */
function renameFlat(operation: Operation, values: ReadonlyMap<string, LegacyValue>): Map<string, LegacyValue> {
  const names = flatNames(operation);
  return new Map([...values].map(([name, value]) => [names.get(name) ?? name, value]));
}

interface Build {
  readonly context: FileContext;
  readonly operation: Operation;
  readonly v2: V2Operation;
  readonly client: string;
  readonly indent: string;
  readonly values: ReadonlyMap<string, LegacyValue>;
}

function build({ context, operation, v2, client, indent, values }: Build): V2Call {
  const { quote, unit, eol } = context.style;
  const { nameOf } = context;
  const call = buildV2Call({ operation, client, values, indent, unit, quote, eol, nameOf }, v2);
  context.need(...call.helpers);
  return call;
}

/** `send(() => …)`: a decline comes back as a declined charge where legacy answered one. */
function sending(context: FileContext, operation: Operation, expression: string, isAsync: boolean): string {
  const helper =
    operation.declines === true && /\.(?:createCharge|captureCharge)\(/.test(expression) ? 'sendCharge' : 'send';
  const call = isAsync ? `async () => ${expression}` : functionText(context, '', expression);
  return `${context.helper(helper)}(${call})`;
}

/**
 * Confirm had no amount; Complete Checkout Session must be told the one of the session, which the Set call of the same
 * function names.
 */
function withSessionAmount(context: FileContext, call: OperationCall, collected: Collected): Collected {
  const name = 'AuthorizationAmount';
  if (
    call.operation !== 'ConfirmOrderReference' ||
    collected.kind === 'opaque' ||
    [...collected.values.keys()].some((key) => key.startsWith(name))
  ) {
    return collected;
  }
  const set = operationsAround(context, call.node).find(({ operation }) => operation === 'SetOrderReferenceDetails');
  const row = operations.SetOrderReferenceDetails;
  if (set?.parameters === undefined || row === undefined) return collected;
  const total = collectLiteral(context, row, set.parameters);
  if (total.kind === 'opaque') return collected;
  const values = new Map(collected.values);
  for (const [key, value] of total.values) {
    const member = /\.OrderTotal(\..+)?$/.exec(key);
    if (member !== null) values.set(name + (member[1] ?? ''), value);
  }
  return { ...collected, values };
}

/** Values of a call and the nodes they came from; opaque parameters are read off the object. */
function valuesOf(
  context: FileContext,
  call: OperationCall,
  operation: Operation,
): { values: Map<string, LegacyValue>; nodes: Map<string, ts.Expression>; wrapped?: boolean } {
  const { parameters } = call;
  if (parameters === undefined) return { values: new Map(), nodes: new Map() };
  const collected = withSessionAmount(context, call, collectLiteral(context, operation, parameters));
  const flat = call.receiver !== undefined && context.typeOf(call.receiver)?.kind === 'client';
  if (collected.kind === 'values') {
    const names = flat ? flatNames(operation) : new Map<string, string>();
    const nodes = new Map([...collected.nodes].map(([name, node]) => [names.get(name) ?? name, node]));
    const { values } = collected;
    return { values: flat ? withConfiguredCurrency(context, operation, renameFlat(operation, values)) : values, nodes };
  }
  const wrapped = !isSimple(parameters);
  const object = wrapped ? 'params' : context.rewriter.original(unwrap(parameters));
  const collect = flat ? collectFlatFromObject : collectFromObject;
  return { values: collect(context, operation, object, parameters), nodes: new Map(), wrapped };
}

/** Rewrites a call on the client to the v2 call, in the style in which it was made. */
export function rewriteCall(context: FileContext, call: OperationCall, decision: Rewrite, mode: ClientMode): void {
  const operation = operations[call.operation];
  const { receiver, node } = call;
  if (operation === undefined || receiver === undefined) return;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  if (node.arguments.some(ts.isSpreadElement)) {
    rewriteSpread(context, call, operation, decision.v2, mode);
    return;
  }
  const plan = (emit: (node: ts.Node) => string): { text: string; notes: readonly FieldNote[] } => {
    const { values, wrapped = false } = valuesOf(context, call, operation);
    const client = v2ClientText(context, receiver, mode, emit);
    const built = build({ context, operation, v2: decision.v2, client, indent, values });
    const isAsync = !wrapped && containsAwait(call.parameters);
    let text = sending(context, operation, built.expression, isAsync);
    if (call.callback !== undefined) {
      text = `${context.helper('toCallback')}(${text}, ${emit(call.callback)})`;
    }
    if (wrapped && call.parameters !== undefined)
      text = `(${functionText(context, parameterList(context, 'params'), text)})(${emit(call.parameters)})`;
    return { text, notes: built.notes };
  };
  const { nodes } = valuesOf(context, call, operation);
  reportNotes(context, node, plan(context.rewriter.emit).notes, nodes);
  context.rewriter.replace(node, (emit) => plan(emit).text);
}

/** The function that stands for the operation takes what it knows; what v2 has no place for is dropped there. */
export function reportAliasNotes(context: FileContext, call: OperationCall, decision: Rewrite): void {
  const operation = operations[call.operation];
  if (operation === undefined || call.parameters === undefined) return;
  const collected = collectLiteral(context, operation, call.parameters);
  if (collected.kind === 'opaque') return;
  const { quote, unit, eol } = context.style;
  const settings = { operation, client: 'client', values: collected.values, indent: '', unit, quote, eol };
  const { notes } = buildV2Call(settings, decision.v2);
  const dropped = notes.flatMap((note): FieldNote[] => {
    // What is bound to the function beforehand is not missing here.
    if (note.kind === 'missing') return [];
    if (!note.kind.startsWith('simulation')) return [note];
    const message = `The sandbox simulation in ${note.field} is not handed on by the function that stands for ${call.operation}.`;
    return [{ ...note, kind: 'no-counterpart', message }];
  });
  reportNotes(context, call.node, dropped, collected.nodes);
}

/** `refund(...args)`: which argument is the callback shows at run time only, so a function takes them as they come. */
function rewriteSpread(
  context: FileContext,
  { node, receiver, style }: OperationCall,
  operation: Operation,
  v2: V2Operation,
  mode: ClientMode,
): void {
  if (receiver === undefined) return;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(node));
  const text = (emit: (node: ts.Node) => string): string => {
    const client = v2ClientText(context, receiver, mode, emit);
    const adapter = adapterText(context, operation, v2, client, style, indent);
    return `(${adapter})(${node.arguments.map(emit).join(', ')})`;
  };
  text((part) => context.rewriter.original(part));
  context.rewriter.replace(node, text);
}

/** Replaces an operation that is handed on by a function with the same parameters that makes the v2 call. */
export function rewriteReference(
  context: FileContext,
  reference: OperationReference,
  v2: V2Operation,
  mode: ClientMode,
): void {
  const operation = operations[reference.operation];
  if (operation === undefined) return;
  const indent = indentAt(context.file.unit.text, context.rewriter.start(reference.node));
  const { parent } = reference.node;
  const isCallee =
    (ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent)) && parent.expression === reference.node;
  context.rewriter.replace(reference.node, (emit) => {
    const client = v2ClientText(context, reference.receiver, mode, emit);
    const adapter = adapterText(context, operation, v2, client, reference.style, indent);
    return isCallee ? `(${adapter})` : adapter;
  });
  adapterText(context, operation, v2, 'client', reference.style, indent);
}

/** `(params) => send(() => client.captureCharge(…))` */
export function adapterText(
  context: FileContext,
  operation: Operation,
  v2: V2Operation,
  client: string,
  style: 'callback' | 'promise',
  indent: string,
): string {
  const values = collectFromObject(context, operation, 'params');
  const sent = (row: V2Operation): string => {
    const { expression } = build({ context, operation, v2: row, client, indent, values });
    const text = sending(context, operation, expression, false);
    return style === 'promise' ? text : `${context.helper('toCallback')}(${text}, callback)`;
  };
  const names = style === 'promise' ? ['params'] : ['params', 'callback'];
  const draft = operation.draftV2;
  const line = `${context.style.eol}${indent}${context.style.unit}`;
  const tellsDraft = draft !== undefined && mayReadDraft(context.input, operation.name);
  const body = tellsDraft
    ? `(params.AddressConsentToken || params.AccessToken${line}? ${sent(draft)}${line}: ${sent(v2)})`
    : sent(v2);
  return functionText(context, parameterList(context, ...names), body);
}

/** Under `strict` a parameter needs a type; what reaches it is known to the callers only. */
const parameterList = (context: FileContext, ...names: readonly string[]): string =>
  names.map((name) => (/\.[cm]?tsx?$/.test(context.file.unit.path) ? `${name}: any` : name)).join(', ');

/** `total + 0.1`; with two names, `+` may as well join text. */
const addsNumber = ({ operatorToken, left, right }: ts.BinaryExpression): boolean =>
  operatorToken.kind === ts.SyntaxKind.PlusToken && (ts.isNumericLiteral(left) || ts.isNumericLiteral(right));

/** Float arithmetic on an amount: what was off by a cent before is off by a cent after. */
export function reportAmountArithmetic(context: FileContext, call: OperationCall): void {
  if (call.parameters === undefined) return;
  walk(call.parameters, (node) => {
    if (!ts.isPropertyAssignment(node) || !/^(?:Amount|amount)$/.test(node.name.getText())) return;
    walk(node.initializer, (child) => {
      if (!ts.isBinaryExpression(child)) return;
      const arithmetic = [ts.SyntaxKind.AsteriskToken, ts.SyntaxKind.SlashToken, ts.SyntaxKind.MinusToken].includes(
        child.operatorToken.kind,
      );
      const exact = /toFixed|Math\.round/.test(node.initializer.getText());
      if (exact || !(arithmetic || addsNumber(child))) return;
      context.leaveOpen(child, {
        rule: 'node-client/amount-arithmetic',
        legacy: { name: 'Amount', operation: call.operation },
        replacement: null,
        message: `The amount ${child.getText()} is computed with binary fractions; v2 takes the string as it is, so 0.1 + 0.2 becomes 0.30000000000000004.`,
      });
    });
  });
}
