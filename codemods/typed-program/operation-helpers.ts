import { ts } from 'ts-morph';
import { distinctTypes, legacyTypeOf } from './brands';
import { answerTypeText } from './legacy-type-text';
import { walk } from './nodes';
import type { Carried } from './promise-idioms';
import { isWritten, returnsOf } from './wrapper-idioms';

const CONSENT = /\b(?:AddressConsentToken|AccessToken)\b/;

/** The operation that a parameter stands for is called: `task(params, done)`, `task.call(pay, params, done)`. */
function calledTask(checker: ts.TypeChecker, node: ts.Node, task: ts.Symbol): ts.CallExpression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const { expression } = node;
  const isCall = ts.isPropertyAccessExpression(expression) && expression.name.text === 'call';
  const callee = isCall ? expression.expression : expression;
  return ts.isIdentifier(callee) && checker.getSymbolAtLocation(callee) === task ? node : undefined;
}

/** The callbacks that are written where the operation is called. */
function callbacksOf(checker: ts.TypeChecker, body: ts.Node, task: ts.Symbol): ts.FunctionLikeDeclaration[] {
  const found: ts.FunctionLikeDeclaration[] = [];
  walk(body, (node) => {
    const last = calledTask(checker, node, task)?.arguments.at(-1);
    if (isWritten(last)) found.push(last);
  });
  return found;
}

/** `promisify(task)(params)`, `promisify(task).call(pay, params)`, `promisify(task.bind(pay))(params)` */
function isPromisified(checker: ts.TypeChecker, node: ts.CallExpression, task: ts.Symbol): boolean {
  const callee =
    ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'call'
      ? node.expression.expression
      : node.expression;
  if (!ts.isCallExpression(callee) || !/(?:^|\.)promisify$/.test(callee.expression.getText())) return false;
  const [made] = callee.arguments;
  const isBound = made !== undefined && ts.isCallExpression(made) && ts.isPropertyAccessExpression(made.expression);
  const base = isBound ? (made.expression as ts.PropertyAccessExpression).expression : made;
  return base !== undefined && checker.getSymbolAtLocation(base) === task;
}

/** `new Promise((resolve, reject) => task(params, (err, res) => (err ? reject(err) : resolve(res))))` */
function resolvesAnswer(checker: ts.TypeChecker, node: ts.NewExpression, task: ts.Symbol): boolean {
  const executor = node.arguments?.[0];
  const name = isWritten(executor) ? executor.parameters[0]?.name : undefined;
  if (!isWritten(executor) || name === undefined || node.expression.getText() !== 'Promise') return false;
  const resolve = checker.getSymbolAtLocation(name);
  const answers = callbacksOf(checker, executor.body, task).map(({ parameters }) => {
    const answer = parameters[1]?.name;
    return answer === undefined ? undefined : checker.getSymbolAtLocation(answer);
  });
  // `resolve(call(operation, params))`: it tries the same again.
  const isAgain = (value: ts.Expression): boolean =>
    ts.isCallExpression(value) &&
    checker.getResolvedSignature(value)?.getDeclaration() === ts.findAncestor(node, ts.isFunctionLike) &&
    value.arguments.some((each) => checker.getSymbolAtLocation(each) === task);
  const given: boolean[] = [];
  walk(executor.body, (each) => {
    if (!ts.isCallExpression(each) || checker.getSymbolAtLocation(each.expression) !== resolve) return;
    const [value] = each.arguments;
    const symbol = value === undefined ? undefined : checker.getSymbolAtLocation(value);
    given.push(value !== undefined && ((symbol !== undefined && answers.includes(symbol)) || isAgain(value)));
  });
  return given.length > 0 && given.every(Boolean);
}

function answersWith(checker: ts.TypeChecker, node: ts.Expression, task: ts.Symbol, isPromise: boolean): boolean {
  if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node))
    return answersWith(checker, node.expression, task, isPromise);
  if (ts.isNewExpression(node)) return resolvesAnswer(checker, node, task);
  if (!ts.isCallExpression(node)) return false;
  return isPromise ? calledTask(checker, node, task) !== undefined : isPromisified(checker, node, task);
}

/** What an operation answers with when it is called with this; undefined where that hangs on what is not seen. */
function answerOf(checker: ts.TypeChecker, type: ts.Type, call: ts.CallExpression): string | undefined {
  const [, answer, draft] = type.aliasTypeArguments ?? checker.getTypeArguments(type as ts.TypeReference);
  if (answer === undefined) return undefined;
  const isSeen = call.arguments.some(ts.isObjectLiteralExpression) && !CONSENT.test(call.getText());
  const isOne = draft === undefined || checker.typeToString(draft) === checker.typeToString(answer);
  return isOne || isSeen ? answerTypeText(checker, answer) : undefined;
}

interface Handed {
  readonly type: ts.Type;
  readonly parameter: ts.ParameterDeclaration;
  readonly declaration: ts.SignatureDeclaration;
  readonly task: ts.Symbol;
}

/** The operation that a function of the project is handed in this call, for a parameter of which no type tells. */
function handedIn(checker: ts.TypeChecker, call: ts.CallExpression): Handed | undefined {
  const index = call.arguments.findIndex(
    (each) => legacyTypeOf(checker, checker.getTypeAtLocation(each))?.kind === 'operation',
  );
  const argument = call.arguments[index];
  const declaration = argument === undefined ? undefined : checker.getResolvedSignature(call)?.getDeclaration();
  const parameter = declaration?.parameters[index];
  if (argument === undefined || declaration === undefined || parameter === undefined) return undefined;
  if (!ts.isParameter(parameter) || !('body' in declaration) || declaration.body === undefined) return undefined;
  const isOpen = (checker.getTypeAtLocation(parameter).flags & ts.TypeFlags.Any) !== 0;
  const task = isOpen ? checker.getSymbolAtLocation(parameter.name) : undefined;
  const type = checker.getTypeAtLocation(argument);
  return task === undefined
    ? undefined
    : { type, parameter, declaration: declaration as ts.SignatureDeclaration, task };
}

/** `call(pay.refund, params)` of a helper for several operations: each call has the answer of its own. */
export function carriedByHelper(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length === 0) return undefined;
  if (distinctTypes(checker, checker.getTypeAtLocation(node)).length > 0) return undefined;
  const handed = handedIn(checker, node);
  const operation = handed === undefined ? undefined : legacyTypeOf(checker, handed.type);
  if (handed === undefined || operation?.kind !== 'operation') return undefined;
  const { declaration, task, type } = handed;
  const returns = returnsOf(declaration);
  const isPromise = operation.style === 'promise';
  if (returns.length === 0 || !returns.every((each) => answersWith(checker, each, task, isPromise))) return undefined;
  const text = answerOf(checker, type, node);
  return text === undefined ? undefined : { kind: 'around', node, text: `Promise<${text}>` };
}

/**
 * Functions of the project that are handed operations. Where it is one and the same the parameter has its type; where there are
 * several, that of the first would be taken for all.
 */
export class OperationHelpers {
  private readonly handed = new Map<
    ts.ParameterDeclaration,
    { readonly task: ts.Symbol; readonly texts: Set<string> }
  >();

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly annotate: (parameter: ts.ParameterDeclaration, text: string) => void,
  ) {}

  collect(parameter: ts.ParameterDeclaration, text: string): void {
    const task = this.checker.getSymbolAtLocation(parameter.name);
    if (task === undefined) return;
    const found = this.handed.get(parameter) ?? { task, texts: new Set<string>() };
    found.texts.add(text);
    this.handed.set(parameter, found);
  }

  /** To be asked when every file has been looked through. */
  finish(): void {
    for (const [parameter, { task, texts }] of this.handed) {
      const [only, ...others] = texts;
      if (only !== undefined && others.length === 0) {
        this.annotate(parameter, only);
        continue;
      }
      const { body } = parameter.parent as ts.FunctionLikeDeclaration;
      for (const { parameters } of body === undefined ? [] : callbacksOf(this.checker, body, task)) {
        const [error] = parameters;
        if (error !== undefined) this.annotate(error, 'AmazonPayLegacy.LegacyError');
      }
    }
  }
}
