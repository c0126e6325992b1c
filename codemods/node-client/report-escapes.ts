import { ts } from 'ts-morph';
import { type FileContext, unwrap, walk } from './context';
import type { OperationCall } from './find-operations';
import { asRead } from './rewrite-results';
import { tableOf } from './value-tests';

/** Writing to a log is no use that a change of words can break. */
const LOGGING =
  /(?:^|\.)(?:console|log|logger|debug|winston|pino|bunyan)(?:$|\.)|\.(?:log|info|warn|error|debug|trace)$/i;

const isHandedOver = (node: ts.Expression): ts.CallExpression | ts.NewExpression | undefined => {
  const { parent } = node;
  const isArgument =
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && (parent.arguments?.includes(node) ?? false);
  return isArgument ? (parent as ts.CallExpression | ts.NewExpression) : undefined;
};

/** The parameter that takes the value knows what it gets, so the reads behind it are followed. */
function isFollowed(
  context: FileContext,
  call: ts.CallExpression | ts.NewExpression,
  argument: ts.Expression,
): boolean {
  const signature = context.checker.getResolvedSignature(call);
  const index = call.arguments?.indexOf(argument) ?? -1;
  const parameter = signature?.getParameters()[index];
  if (parameter === undefined) return false;
  const type = context.checker.getTypeOfSymbolAtLocation(parameter, call);
  return (type.flags & ts.TypeFlags.Any) === 0 && (type.flags & ts.TypeFlags.Unknown) === 0;
}

const isStored = (node: ts.Expression): boolean => {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return true;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return (
    ts.isBinaryExpression(parent) &&
    parent.right === node &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    !ts.isIdentifier(parent.left)
  );
};

/** `${state}` and `'state: ' + state` outside a log: the words end up somewhere. */
function isWrittenInto(node: ts.Expression): boolean {
  let parent: ts.Node = node.parent;
  const isText =
    ts.isTemplateSpan(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.PlusToken);
  while (ts.isTemplateSpan(parent) || ts.isTemplateExpression(parent) || ts.isBinaryExpression(parent))
    parent = parent.parent;
  const isLogged = (ts.isCallExpression(parent) && LOGGING.test(parent.expression.getText())) || isError(parent);
  return isText && !isLogged;
}

/** `new Error(…)`: read by people. */
const isError = (node: ts.Node): boolean => ts.isNewExpression(node) && /Error$/.test(node.expression.getText());

function reportObject(context: FileContext, node: ts.Expression, element: string): void {
  const call = isHandedOver(node);
  if (call === undefined || LOGGING.test(call.expression.getText()) || isFollowed(context, call, node)) return;
  context.report(node, {
    rule: 'node-client/escape',
    automation: 'manual',
    legacy: { name: element },
    replacement: null,
    message: `${context.text(node)} is handed to ${context.text(call.expression)}, which now gets the v2 object instead of ${element}; check what it reads.`,
    rewritten: false,
  });
}

function reportValue(context: FileContext, node: ts.Expression, tableName: string): void {
  const table = tableOf(tableName);
  const call = isHandedOver(node);
  const handedOver =
    call !== undefined &&
    !LOGGING.test(call.expression.getText()) &&
    !isFollowed(context, call, node) &&
    !isMembershipTest(call);
  if (table === undefined || tableName === 'errorCode' || !(handedOver || isStored(node) || isWrittenInto(node)))
    return;
  const decision = 'this hands on a v2 value where a legacy one was; whoever reads it later must know the new words.';
  context.report(node, {
    rule: 'node-client/escape',
    automation: 'assisted',
    legacy: { name: table.name },
    replacement: { name: `statusDetails.${table.field}` },
    message: `${context.text(node)} is handed on: its values are those of v2 from now on.`,
    rewritten: true,
  });
  context.todo(node, 'node-client/escape', decision);
}

const isMembershipTest = (call: ts.CallExpression | ts.NewExpression): boolean =>
  ts.isPropertyAccessExpression(call.expression) &&
  /^(?:includes|indexOf|has|test|get)$/.test(call.expression.name.text);

const SURGERY = /^(?:slice|split|substr|substring|replace|match|lastIndexOf|charAt)$/;

/** An id of Amazon that is cut apart: v2 ids look alike, but which id derives from which is another matter. */
function reportIdSurgery(context: FileContext, node: ts.Expression): void {
  const read = asRead(context, node);
  const { parent } = node;
  if (
    read === undefined ||
    !/Id$/.test(read.name) ||
    !ts.isPropertyAccessExpression(parent) ||
    !SURGERY.test(parent.name.text)
  )
    return;
  context.report(parent, {
    rule: 'node-client/result-read',
    automation: 'manual',
    legacy: { name: `${read.element}.${read.name}` },
    replacement: { name: 'chargePermissionId' },
    message: `${context.text(parent)} takes an id apart; a Charge id never yields its Charge Permission id, so read chargePermissionId of the charge.`,
    rewritten: false,
  });
}

/** Lists answers and states that leave the code that could be followed. */
export function reportEscapes(context: FileContext): void {
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return;
    const { parent } = node;
    if (ts.isPropertyAccessExpression(parent) && (parent.name === node || asRead(context, parent) !== undefined))
      return;
    reportIdSurgery(context, node);
    const type = context.typeOf(node);
    if (type?.kind === 'element') reportObject(context, node, type.element);
    else if (type?.kind === 'value') reportValue(context, node, type.table);
  });
}

/** `(err, data: OwnResponse) => …` and `const r: OwnResponse = await …`: reads of it follow a type that is the merchant's own. */
export function reportOwnTypes(context: FileContext, calls: readonly OperationCall[]): void {
  const report = (node: ts.Node, type: ts.TypeNode): void => {
    const message = `${context.text(node)} is typed by your own declaration ${context.text(type)}; the v2 object has other fields, so change the type and what reads it.`;
    context.report(node, {
      rule: 'node-client/escape',
      automation: 'manual',
      legacy: { name: context.text(type) },
      replacement: null,
      message,
      rewritten: false,
    });
  };
  for (const { callback } of calls) {
    if (callback === undefined || !(ts.isArrowFunction(callback) || ts.isFunctionExpression(callback))) continue;
    const result = callback.parameters[1];
    if (
      result?.type !== undefined &&
      result.type.kind !== ts.SyntaxKind.AnyKeyword &&
      context.typeOf(result)?.kind !== 'element'
    )
      report(result, result.type);
  }
  walk(context.file.source, (node) => {
    if (!ts.isVariableDeclaration(node) || node.type === undefined || node.initializer === undefined) return;
    if (context.typeOf(node.initializer)?.kind === 'element' && context.typeOf(node.name)?.kind !== 'element')
      report(node.name, node.type);
  });
}

/** A condition on the text "true" or "false" is always met. */
export function reportSoftDeclineConditions(context: FileContext): void {
  walk(context.file.source, (node) => {
    const condition = ts.isIfStatement(node)
      ? node.expression
      : ts.isConditionalExpression(node)
        ? node.condition
        : ts.isPrefixUnaryExpression(node)
          ? node.operand
          : undefined;
    const type = condition === undefined ? undefined : context.typeOf(unwrap(condition as ts.Expression));
    if (condition === undefined || type?.kind !== 'value' || type.table !== 'softDecline') return;
    context.report(condition, {
      rule: 'node-client/state-comparison',
      automation: 'manual',
      legacy: { name: 'SoftDecline' },
      replacement: { name: "statusDetails.reasonCode === 'SoftDeclined'" },
      message:
        'SoftDecline is text in legacy, and the text "false" is true; compare the reason code with SoftDeclined.',
      rewritten: false,
    });
  });
}
