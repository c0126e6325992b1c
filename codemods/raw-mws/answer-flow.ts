import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import { asRead } from '../node-client/answers/answer-read';
import { partsOf, restOf } from '../node-client/answers/pattern-parts';
import { isLogged } from '../node-client/answers/value-flow';
import { isAccess } from '../rewriting/access';
import { isNothing } from '../typed-program/nodes';
import { isCertainComparison } from './certain-comparison';
import { type Doubt, doubt } from './doubt';
import { freePackages } from './free-packages';
import { FunctionUses } from './function-uses';
import { outside } from '../typed-program/outside';
import type { Project } from './project';

const KEEPS = new Set([
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
]);

/** `if (body)`, `!body`, `body && …`, `body === null`: asks whether there is an answer, and there is one in v2, too. */
function isAskedFor(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent)) return parent.expression === node;
  if (ts.isConditionalExpression(parent)) return parent.condition === node;
  if (!ts.isBinaryExpression(parent)) return false;
  const isFirst = parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return isFirst || isNothing(parent.left) || isNothing(parent.right);
}

/** The expression keeps what it is made of: `a || b`, `c ? a : b`. */
function carrierOf(node: ts.Node): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isConditionalExpression(parent)) return parent;
  return ts.isBinaryExpression(parent) && KEEPS.has(parent.operatorToken.kind) ? parent : undefined;
}

/**
 * Follows the answer of a request to everything that is made of it, through variables, promises and functions, also in other
 * files. Only what is known to have a v2 form at every step is certain.
 */
export class AnswerFlow {
  private readonly seen = new Set<ts.Node | ts.Symbol>();
  private readonly functions: FunctionUses;

  constructor(private readonly project: Project) {
    this.functions = new FunctionUses(project, (call) => this.follow(call));
  }

  /** What is not known about the use of an answer; undefined when everything is. */
  follow(expression: ts.Expression): Doubt | undefined {
    const node = outside(expression);
    if (this.seen.has(node)) return undefined;
    this.seen.add(node);
    const context = this.project.contextOf(node);
    if (!freePackages(this.project.input)(context.file.unit.path))
      return doubt(context, node, 'stands in a package that uses a legacy client as well');
    const type = context.typeAround(node as ts.Expression);
    const { parent } = node;
    if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent) || isAskedFor(node)) return undefined;
    // Ids, amounts and texts are the same in v2; what they are used for is listed elsewhere.
    if (type === undefined || type.kind === 'id') return undefined;
    if (type.kind === 'value') return this.followState(context, node as ts.Expression);
    if (type.kind !== 'element' && type.kind !== 'promise') return doubt(context, node, 'is not followed');
    return this.followObject(context, node as ts.Expression);
  }

  private followState(context: FileContext, node: ts.Expression): Doubt | undefined {
    if (isCertainComparison(context, node)) return undefined;
    return this.followCarried(context, node) ?? undefined;
  }

  private followObject(context: FileContext, node: ts.Expression): Doubt | undefined {
    const { parent } = node;
    if (isAccess(parent) && parent.expression === node) return this.followAccess(context, parent);
    if (ts.isCallExpression(parent) && isLogged(parent)) return undefined;
    return this.followCarried(context, node);
  }

  /** Variables, returns and parameters, which carry whatever they are given. */
  private followCarried(context: FileContext, node: ts.Expression): Doubt | undefined {
    const { parent } = node;
    const carrier = carrierOf(node);
    if (carrier !== undefined) return this.followTyped(context, carrier);
    if (ts.isVariableDeclaration(parent) && parent.initializer === node) return this.followName(context, parent.name);
    if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node))
      return this.functions.followReturn(node);
    const isAssigned = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (isAssigned && parent.right === node && ts.isIdentifier(parent.left))
      return this.followName(context, parent.left);
    if (ts.isCallExpression(parent) && parent.expression !== node) {
      const parameter = this.functions.parameterOf(parent, node);
      return parameter === undefined
        ? doubt(context, node, `is handed to ${context.text(parent.expression)}`)
        : this.followName(this.project.contextOf(parameter), parameter.name);
    }
    return doubt(context, node, 'is handed on');
  }

  /** Goes on only where the checker still knows what it is: nothing would rewrite what is read of it otherwise. */
  private followTyped(context: FileContext, node: ts.Expression): Doubt | undefined {
    const isKnown = context.typeAround(node) !== undefined;
    return isKnown ? this.follow(node) : doubt(context, node, 'may be an answer or something else');
  }

  private followAccess(context: FileContext, access: ts.Expression): Doubt | undefined {
    const { parent } = access;
    if (ts.isPropertyAccessExpression(access) && /^(?:then|catch|finally)$/.test(access.name.text)) {
      if (!ts.isCallExpression(parent) || parent.expression !== access) return doubt(context, access, 'is handed on');
      return access.name.text === 'then' ? this.followThen(context, parent) : this.followTyped(context, parent);
    }
    const read = asRead(context, access);
    if (read === undefined) return doubt(context, access, 'reads what no answer has');
    if (read.field === undefined || read.field.to === null) return doubt(context, access, 'has no counterpart in v2');
    const node = outside(access);
    // An index or a member behind a plain value belongs to a reader of XML that gives lists.
    if (
      ts.isElementAccessExpression(node.parent) &&
      node.parent.expression === node &&
      asRead(context, node.parent) === undefined
    )
      return doubt(context, node.parent, 'reads a list');
    return this.follow(access);
  }

  private followThen(context: FileContext, call: ts.CallExpression): Doubt | undefined {
    const [handler] = call.arguments;
    const answer = handler === undefined ? undefined : this.functions.handler(handler);
    if (handler !== undefined && answer === undefined) return doubt(context, handler, 'is handed the answer');
    const [parameter] = answer?.parameters ?? [];
    return (
      (parameter === undefined ? undefined : this.followName(this.project.contextOf(parameter), parameter.name)) ??
      (context.typeOf(call) === undefined ? undefined : this.follow(call))
    );
  }

  private followName(context: FileContext, name: ts.BindingName): Doubt | undefined {
    if (ts.isObjectBindingPattern(name)) return this.followPattern(context, name);
    const symbol = ts.isIdentifier(name) ? this.project.references.symbolOf(name) : undefined;
    if (symbol === undefined) return doubt(context, name, 'is taken apart');
    if (this.seen.has(symbol)) return undefined;
    this.seen.add(symbol);
    for (const reference of this.project.references.of(symbol)) {
      const found = this.followReference(context, reference);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private followReference(context: FileContext, reference: ts.Identifier): Doubt | undefined {
    const { parent } = reference;
    const isDeclared =
      (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent)) &&
      parent.name === reference;
    if (isDeclared) return undefined;
    const isTarget =
      ts.isBinaryExpression(parent) &&
      parent.left === reference &&
      parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
    if (isTarget) {
      const isKnown = isNothing(parent.right) || context.typeAround(parent.right) !== undefined;
      return isKnown ? undefined : doubt(context, parent, 'may hold an answer or something else');
    }
    return this.followTyped(context, reference);
  }

  /** `const { AmazonCaptureId, CaptureStatus: { State } } = …` */
  private followPattern(context: FileContext, pattern: ts.ObjectBindingPattern): Doubt | undefined {
    const type = context.typeOf(pattern);
    const parts = type?.kind === 'element' ? partsOf(type.element, pattern) : undefined;
    if (parts === undefined || restOf(pattern) !== undefined) return doubt(context, pattern, 'takes an answer apart');
    for (const { node, field } of parts) {
      const isPlain = field != null && field.to !== null && field.via === undefined && field.values !== 'softDecline';
      if (!isPlain || node.initializer !== undefined) return doubt(context, node, 'has no direct counterpart in v2');
      const found = this.followBound(context, node.name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private followBound(context: FileContext, name: ts.BindingName): Doubt | undefined {
    const isPlain = ts.isIdentifier(name) && !/^(?:element|value)$/.test(context.typeOf(name)?.kind ?? '');
    return isPlain ? undefined : this.followName(context, name);
  }
}
