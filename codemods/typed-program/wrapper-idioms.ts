import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { answerTypeText } from './legacy-type-text';
import { loadedFrom } from './loaded-from';
import type { Carried } from './promise-idioms';

/** Functions that call what they are given until it works, and answer with what it answered. */
const RETRIES =
  /^(?:p-retry|promise-retry|async-retry|retry-as-promised|promise-poller|ts-retry-promise|@lifeomic\/attempt)$/;

type Written = ts.ArrowFunction | ts.FunctionExpression;
export const isWritten = (node: ts.Node | undefined): node is Written =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

/** What a function answers with, or the promise of which it answers; it is written in place, or named. */
export function promisedText(
  checker: ts.TypeChecker,
  task: ts.Expression | ts.FunctionDeclaration,
): string | undefined {
  const signature =
    isWritten(task) || ts.isFunctionDeclaration(task)
      ? checker.getSignatureFromDeclaration(task)
      : checker.getTypeAtLocation(task).getCallSignatures()[0];
  if (signature === undefined) return undefined;
  const type = checker.getReturnTypeOfSignature(signature);
  if (legacyTypeOf(checker, type)?.kind !== 'promise') return undefined;
  const [answer] = checker.getTypeArguments(type as ts.TypeReference);
  return answer === undefined ? undefined : answerTypeText(checker, answer);
}

/** What a function gives back, in each of its ways out. */
export function returnsOf(written: ts.SignatureDeclaration): ts.Expression[] {
  const body = 'body' in written ? (written.body as ts.Node | undefined) : undefined;
  if (body === undefined) return [];
  if (!ts.isBlock(body)) return [body as ts.Expression];
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    if (ts.isReturnStatement(node) && node.expression !== undefined) found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** What a function of the project does with a function that it is given. */
class Wrapper {
  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly declaration: ts.SignatureDeclaration,
    private readonly task: ts.Symbol,
  ) {}

  /** Every way out gives what the task answered with, and nothing else. */
  isFaithful(written: ts.SignatureDeclaration = this.declaration): boolean {
    const returns = returnsOf(written);
    return returns.length > 0 && returns.every((each) => this.isAnswer(each));
  }

  /** It gives back a function that does so. */
  makesFaithful(): boolean {
    const returns = returnsOf(this.declaration);
    return returns.length > 0 && returns.every((each) => isWritten(each) && this.isFaithful(each));
  }

  private isAnswer(node: ts.Expression): boolean {
    if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node)) return this.isAnswer(node.expression);
    if (ts.isIdentifier(node)) {
      const declared = this.checker.getSymbolAtLocation(node)?.valueDeclaration;
      const isConstant =
        declared !== undefined &&
        ts.isVariableDeclaration(declared) &&
        (ts.getCombinedNodeFlags(declared) & ts.NodeFlags.Const) !== 0;
      return isConstant && declared.initializer !== undefined && this.isAnswer(declared.initializer);
    }
    if (!ts.isCallExpression(node)) return false;
    const { expression } = node;
    if (ts.isIdentifier(expression)) {
      if (this.checker.getSymbolAtLocation(expression) === this.task) return true;
      // It calls itself again with the same task.
      const isItself = this.checker.getResolvedSignature(node)?.getDeclaration() === this.declaration;
      if (isItself && node.arguments.some((each) => this.checker.getSymbolAtLocation(each) === this.task)) return true;
    }
    if (isRetry(this.checker, node)) return node.arguments.some((each) => isWritten(each) && this.isFaithful(each));
    if (!ts.isPropertyAccessExpression(expression) || !/^(?:catch|finally)$/.test(expression.name.text)) return false;
    const [handler] = node.arguments;
    if (!this.isAnswer(expression.expression)) return false;
    if (expression.name.text === 'finally') return true;
    return isWritten(handler) && (returnsOf(handler).length === 0 ? throwsAlways(handler) : this.isFaithful(handler));
  }
}

const throwsAlways = ({ body }: Written): boolean =>
  ts.isBlock(body) && body.statements.length > 0 && ts.isThrowStatement(body.statements.at(-1) ?? body);

/** The declaration behind a call, when a file of the project says what it does. */
function declarationOf(checker: ts.TypeChecker, call: ts.CallExpression): ts.SignatureDeclaration | undefined {
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  return declaration !== undefined && 'body' in declaration && declaration.body !== undefined
    ? (declaration as ts.SignatureDeclaration)
    : undefined;
}

const isRetry = (checker: ts.TypeChecker, { expression }: ts.CallExpression): boolean =>
  RETRIES.test(loadedFrom(checker, expression) ?? '');

/**
 * Whether a function gives back what the function answers that it is given as this parameter, or makes a function that does.
 * Then each call of it has the type of its own task: those of two callers may have nothing in common.
 */
export function passesAnswerOn(
  checker: ts.TypeChecker,
  declaration: ts.SignatureDeclaration,
  parameter: ts.ParameterDeclaration,
): 'answer' | 'function' | undefined {
  const symbol = ts.isIdentifier(parameter.name) ? checker.getSymbolAtLocation(parameter.name) : undefined;
  if (symbol === undefined) return undefined;
  const wrapper = new Wrapper(checker, declaration, symbol);
  if (wrapper.isFaithful()) return 'answer';
  return wrapper.makesFaithful() ? 'function' : undefined;
}

/** Whether a function answers with what one of the parameters around it does: that is known at each call alone. */
function asksParameter(checker: ts.TypeChecker, task: ts.Expression): boolean {
  const called = (node: ts.Expression): ts.Expression | undefined => {
    if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node)) return called(node.expression);
    return ts.isCallExpression(node) ? node.expression : undefined;
  };
  const asked = isWritten(task) ? returnsOf(task).map(called) : [task];
  return asked.some((each) => {
    const declared = each !== undefined && ts.isIdentifier(each) ? checker.getSymbolAtLocation(each) : undefined;
    return declared?.valueDeclaration !== undefined && ts.isParameter(declared.valueDeclaration);
  });
}

/**
 * `pRetry(() => client.capture(…))`, `withRetry(client.capture, …)`: what comes out is what the function answers that is handed
 * in, where the wrapper is known to give it back: by its library, or by its body.
 */
export function carriedByWrapper(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  if (!ts.isCallExpression(node) || node.arguments.length === 0) return undefined;
  if (legacyTypeOf(checker, checker.getTypeAtLocation(node)) !== undefined) return undefined;
  const isLibrary = isRetry(checker, node);
  const declaration = isLibrary ? undefined : declarationOf(checker, node);
  if (!isLibrary && declaration === undefined) return undefined;
  for (const [index, task] of node.arguments.entries()) {
    const text = promisedText(checker, task);
    if (text === undefined || asksParameter(checker, task)) continue;
    const promised = `Promise<${text}>`;
    if (declaration === undefined) return { kind: 'around', node, text: promised };
    const parameter = declaration.parameters[index];
    const passed = parameter === undefined ? undefined : passesAnswerOn(checker, declaration, parameter);
    if (passed === 'answer') return { kind: 'around', node, text: promised };
    if (passed === 'function') return { kind: 'around', node, text: `(...given: any[]) => ${promised}` };
  }
  return undefined;
}
