import { ts } from 'ts-morph';
import { elements } from '../../../src/catalog';
import type { ElementField } from '../../../src/catalog/types';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, unwrap } from '../context';
import type { AnsweringMethods } from '../answers/answering-methods';
import { type EmittedAnswers, parametersOf } from '../answers/emitted-answers';
import { declaredElement } from '../../typed-program/declared-types';
import { nodesOf } from '../../typed-program/nodes';
import { keyOf } from '../answers/pattern-parts';
import { isAmountRead, isDistinctive, isLeft, isNotFollowed } from './untyped-shapes';

/** What something holds as far as its shape tells: enough to list what is done with it, never to rewrite it. */
export type Held = (
  | { readonly kind: 'elements'; readonly names: readonly string[] }
  | {
      readonly kind: 'values';
      readonly table: string;
      /** Tables of which it may be as well as of that: two methods of one name answer with states of two kinds of objects. */
      readonly others?: readonly string[];
    }
) & {
  /** The event that brings it, where nothing else tells. */
  readonly event?: string;
  /** The method that answers with it, where only its name tells. */
  readonly method?: string;
  /** The type that says so; what comes into it is not always an answer of a call that is followed. */
  readonly declared?: string;
};

/** The elements that have this field: `AuthorizationStatus` is read of AuthorizationDetails. */
const holdersOf = (field: string): Held => ({
  kind: 'elements',
  // What is not confirmed yet has the same names as what is.
  names: Object.keys(elements).filter((name) => !name.startsWith('Draft') && elements[name]?.fields[field]),
});

/** Of an object that is not confirmed yet, the fields are those of a checkout session. */
const isConfirmed = (element: string | undefined): boolean => element?.startsWith('Draft') !== true;

/** A field of what is held: of what is confirmed, where both have it. */
export function fieldOf(held: Held | undefined, name: string): ElementField | undefined {
  if (held?.kind !== 'elements') return undefined;
  const found = held.names.flatMap((each) => elements[each]?.fields[name] ?? []);
  return found.find(({ element }) => isConfirmed(element)) ?? found[0];
}

function heldIn(held: Held | undefined, name: string): Held | undefined {
  const field = fieldOf(held, name);
  const origin = {
    ...(held?.event === undefined ? {} : { event: held.event }),
    ...(held?.method === undefined ? {} : { method: held.method }),
    ...(held?.declared === undefined ? {} : { declared: held.declared }),
  };
  if (field?.element !== undefined) return { kind: 'elements', names: [field.element], ...origin };
  return field?.values === undefined ? undefined : { kind: 'values', table: field.values, ...origin };
}

/** The field that is read of it tells more surely than the name of the method that brought it. */
const surest = (known: Held | undefined, shown: string | undefined): Held | undefined =>
  shown !== undefined && (known === undefined || known.method !== undefined) ? holdersOf(shown) : known;

/** `details: CaptureDetails` of a legacy package. */
function heldByDeclaration({ checker }: FileContext, node: ts.Node): Held | undefined {
  const element = declaredElement(checker, checker.getTypeAtLocation(node));
  return element === undefined ? undefined : { kind: 'elements', names: [element], declared: element };
}

const FALLBACKS = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken]);

/** `status || {}`, `details && details.AuthorizationStatus`: what it is when it is there. */
function present(node: ts.Expression): ts.Expression {
  const expression = unwrap(node);
  if (!ts.isBinaryExpression(expression)) return expression;
  const { kind } = expression.operatorToken;
  if (FALLBACKS.has(kind)) return present(expression.left);
  return kind === ts.SyntaxKind.AmpersandAmpersandToken ? present(expression.right) : expression;
}

/** Variables of one file that hold answers of legacy by the way in which they are read, or filled by an event. */
export class UntypedAnswers {
  private readonly held = new Map<ts.Symbol, Held>();
  /** What parameters take apart that are given an answer. */
  private readonly patterns = new Map<ts.ObjectBindingPattern, Held>();
  private methods: AnsweringMethods | undefined;

  constructor(
    private readonly context: FileContext,
    emitted: EmittedAnswers,
    methods?: AnsweringMethods,
  ) {
    // What is read tells more surely than the name of an event or a method.
    this.learnAll();
    this.methods = methods;
    this.learnAll();
    for (const [parameter, held] of emitted.heldByParameters(context)) this.bindParameter(parameter, held);
    this.learnAll();
  }

  /** What is read tells of the object, and the object of what else is read of it. */
  private learnAll(): void {
    for (let size = -1; size !== this.held.size;) {
      size = this.held.size;
      for (const node of nodesOf(this.context.file.source)) this.learn(node);
    }
  }

  private learn(node: ts.Node): void {
    if (isAccess(node)) {
      const name = accessedName(node);
      if (name !== undefined && (isDistinctive(name) || isAmountRead(this.context, node)))
        this.hold(node.expression, holdersOf(name));
    } else if (ts.isVariableDeclaration(node) && node.initializer !== undefined)
      this.bind(node.name, this.heldBy(node.initializer));
    else if (ts.isObjectBindingPattern(node)) this.bindParts(node, undefined);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken)
      this.hold(node.left, this.heldBy(node.right));
    else if (ts.isCallExpression(node)) this.learnThen(node);
  }

  /** `payments.stateOf(id).then((state) => …)` */
  private learnThen({ expression, arguments: [listener] }: ts.CallExpression): void {
    if (listener === undefined || !isAccess(expression) || accessedName(expression) !== 'then') return;
    const held = this.methods?.heldBy(this.context, expression.expression);
    if (held === undefined) return;
    const [parameter] = parametersOf(this.context, listener);
    if (parameter !== undefined) this.bindParameter(parameter, held);
  }

  private bindParameter({ name }: ts.ParameterDeclaration, held: Held): void {
    if (ts.isObjectBindingPattern(name)) this.patterns.set(name, held);
    this.bind(name, held);
  }

  private bind(name: ts.BindingName, held: Held | undefined): void {
    if (ts.isObjectBindingPattern(name)) this.bindParts(name, held);
    else if (ts.isIdentifier(name)) this.hold(name, held);
  }

  private bindParts(pattern: ts.ObjectBindingPattern, outer: Held | undefined): void {
    const held = outer ?? this.heldByPattern(pattern);
    for (const part of pattern.elements) {
      const key = keyOf(part);
      if (key !== undefined) this.bind(part.name, heldIn(held, key));
    }
  }

  private hold(name: ts.Node, held: Held | undefined): void {
    const { checker } = this.context;
    const symbol = ts.isIdentifier(name) ? checker.getSymbolAtLocation(name) : undefined;
    if (held === undefined || symbol === undefined || this.held.has(symbol)) return;
    const { valueDeclaration: declaration } = symbol;
    const isVariable =
      declaration !== undefined &&
      (ts.isVariableDeclaration(declaration) || ts.isParameter(declaration) || ts.isBindingElement(declaration));
    if (isVariable && isNotFollowed(this.context, name) && !isLeft(this.context, name)) this.held.set(symbol, held);
  }

  /** What is taken apart, by what is taken of it or by where it comes from. */
  heldByPattern(pattern: ts.ObjectBindingPattern): Held | undefined {
    if (this.context.typeOf(pattern) !== undefined || isLeft(this.context, pattern)) return undefined;
    const declared = heldByDeclaration(this.context, pattern);
    if (declared !== undefined) return declared;
    const { parent } = pattern;
    const source =
      ts.isVariableDeclaration(parent) && parent.initializer !== undefined ? parent.initializer : undefined;
    const known = source === undefined ? this.patterns.get(pattern) : this.heldBy(source);
    const shown = pattern.elements.map(keyOf).find((key) => key !== undefined && isDistinctive(key));
    return surest(known, shown);
  }

  /** What an untyped expression holds; undefined where its type is known, or nothing tells. */
  heldBy(node: ts.Expression): Held | undefined {
    const expression = present(node);
    if (this.context.typeOf(expression) !== undefined) return undefined;
    const declared = heldByDeclaration(this.context, expression);
    if (declared !== undefined) return declared;
    if (ts.isIdentifier(expression)) {
      const symbol = this.context.checker.getSymbolAtLocation(expression);
      return symbol === undefined ? undefined : this.held.get(symbol);
    }
    const answered = this.methods?.heldBy(this.context, expression);
    if (answered !== undefined) return answered;
    if (!isAccess(expression) || !isNotFollowed(this.context, expression.expression)) return undefined;
    const name = accessedName(expression);
    if (name === undefined) return undefined;
    return heldIn(surest(this.heldBy(expression.expression), isDistinctive(name) ? name : undefined), name);
  }
}
