import { ts } from 'ts-morph';
import { legacyTypeOf } from './brands';
import { legacyTypeText } from './legacy-type-text';
import { loadedFrom } from './loaded-from';
import type { Carried } from './promise-idioms';

/** Functions that call what they are given until it works, and answer with what it answered. */
const RETRIES =
  /^(?:p-retry|promise-retry|async-retry|retry-as-promised|promise-poller|ts-retry-promise|@lifeomic\/attempt)$/;

type Written = ts.ArrowFunction | ts.FunctionExpression;
export const isWritten = (node: ts.Node | undefined): node is Written =>
  node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));

/** What a function answers with, or the promise of which it answers. */
export function promisedText(checker: ts.TypeChecker, written: ts.SignatureDeclaration): string | undefined {
  const signature = checker.getSignatureFromDeclaration(written);
  if (signature === undefined) return undefined;
  const type = checker.getReturnTypeOfSignature(signature);
  if (legacyTypeOf(checker, type)?.kind !== 'promise') return undefined;
  const [answer] = checker.getTypeArguments(type as ts.TypeReference);
  return answer === undefined ? undefined : legacyTypeText(checker, answer);
}

/** What a function gives back, in each of its ways out. */
function returnsOf(written: ts.SignatureDeclaration): ts.Expression[] {
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
      return isItself && node.arguments.some((each) => this.checker.getSymbolAtLocation(each) === this.task);
    }
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

/**
 * `pRetry(() => client.capture(…))`, `withRetry(() => client.capture(…))`: what comes out is what the function answers that is
 * written in place, where the wrapper is known to give it back: by its library, or by its body.
 */
export function carriedByWrapper(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const index = node.arguments.findIndex(isWritten);
  const task = node.arguments[index];
  if (!isWritten(task) || legacyTypeOf(checker, checker.getTypeAtLocation(node)) !== undefined) return undefined;
  const isLibrary = RETRIES.test(loadedFrom(checker, node.expression) ?? '');
  const declaration = isLibrary ? undefined : declarationOf(checker, node);
  const parameter = declaration?.parameters[index];
  if (!isLibrary && (declaration === undefined || parameter === undefined || !ts.isIdentifier(parameter.name)))
    return undefined;
  const text = promisedText(checker, task);
  if (text === undefined) return undefined;
  const promised = `Promise<${text}>`;
  if (isLibrary) return { kind: 'around', node, text: promised };
  const symbol = parameter === undefined ? undefined : checker.getSymbolAtLocation(parameter.name);
  if (declaration === undefined || symbol === undefined) return undefined;
  const wrapper = new Wrapper(checker, declaration, symbol);
  if (wrapper.isFaithful()) return { kind: 'around', node, text: promised };
  return wrapper.makesFaithful() ? { kind: 'around', node, text: `(...given: any[]) => ${promised}` } : undefined;
}
