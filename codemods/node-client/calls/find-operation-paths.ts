import { ts } from 'ts-morph';
import { type FileContext, unwrap } from '../context';
import { operationNamed, remainOf } from './operation-names';
import { noneInV2, type Remain } from '../remain';
import { callTaking, isLogged } from '../answers/value-flow';

const PATH = /(?:^|\.)offAmazonPayments\.(\w+)$/;
const COMPUTED_PATH = /(?:^|\.)offAmazonPayments\.$/;
/** Their first argument is what a reader of the results sees. */
const IS_TITLED = /^(?:describe|context|suite|it|test|specify)\b/;

/** `[pay, 'capture']`, as redux-saga's `call` takes it, and `['offAmazonPayments', 'capture']`, as lodash does. */
function operationInList(context: FileContext, list: ts.ArrayLiteralExpression): string | undefined {
  const isOfClient = list.elements.some(
    (each) =>
      (ts.isStringLiteralLike(each) && each.text === 'offAmazonPayments') ||
      context.typeAround(each)?.kind === 'offAmazonPayments',
  );
  const names = isOfClient ? list.elements.map(unwrap).filter(ts.isStringLiteralLike) : [];
  return names.map(({ text }) => operationNamed(text)).find((name) => name !== undefined);
}

/** A double in a test names an operation that is not called. */
const IS_DOUBLE = /(?:^|\.)(?:stub|spy|spyOn|mock|replace|method|expects)$/;
/** Rewritten together with the name that they get. */
const IS_REWRITTEN = /\.(?:ninvoke|nsend|nbind|nfbind|call|apply|bind)$/;

/** `_.invoke(pay, 'capture', …)`, `Reflect.get(pay, 'refund')`: the operation that a function gets beside its client. */
export function operationBeside(context: FileContext, node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression.getText();
  if (IS_DOUBLE.test(callee) || IS_REWRITTEN.test(callee)) return undefined;
  if (!node.arguments.some((each) => context.typeAround(each)?.kind === 'offAmazonPayments')) return undefined;
  const names = node.arguments.map(unwrap).filter(ts.isStringLiteralLike);
  return names.map(({ text }) => operationNamed(text)).find((name) => name !== undefined);
}

/** A text that only a person reads. */
function isTold(node: ts.Node): boolean {
  const call = callTaking(node);
  return call !== undefined && (isLogged(call) || IS_TITLED.test(call.expression.getText()));
}

function computedPath(context: FileContext, node: ts.Node): Remain {
  const message = `${context.text(node)} names an operation of the client that is known at run time only; it is listed, not guessed. Write one v2 call for each name it can have.`;
  return noneInV2(node, 'node-client/computed-operation', { name: context.text(node) }, message);
}

/** Finds an operation that is named for a library to look up: `_.invoke(client, 'offAmazonPayments.capture', …)`. */
export function findOperationPath(context: FileContext, node: ts.Node): Remain | undefined {
  if (ts.isArrayLiteralExpression(node)) {
    const operation = operationInList(context, node);
    return operation === undefined ? undefined : remainOf(context, node, operation, 'beside the client');
  }
  const beside = operationBeside(context, node);
  if (beside !== undefined) return remainOf(context, node, beside, 'beside the client');
  if (ts.isTemplateExpression(node) && COMPUTED_PATH.test(node.head.text) && !isTold(node))
    return computedPath(context, node);
  if (!ts.isStringLiteralLike(node) || isTold(node)) return undefined;
  if (COMPUTED_PATH.test(node.text)) return computedPath(context, node);
  const operation = operationNamed(PATH.exec(node.text)?.[1] ?? '');
  return operation === undefined ? undefined : remainOf(context, node, operation, 'on the client');
}
