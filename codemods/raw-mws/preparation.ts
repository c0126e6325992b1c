import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import { isLogged } from '../node-client/answers/value-flow';
import { nodesOf } from '../typed-program/nodes';
import { PROTOCOL } from './protocol';
import type { References } from './references';

/** `params.Action = …`, `params['RefundAmount.Amount'] = …` */
function parameterSet(
  statement: ts.Statement,
  isObject: (node: ts.Node) => boolean,
): [string, ts.Expression] | undefined {
  const node = ts.isExpressionStatement(statement) ? statement.expression : undefined;
  if (node === undefined || !ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken)
    return undefined;
  const { left, right } = node;
  if (ts.isPropertyAccessExpression(left)) return isObject(left.expression) ? [left.name.text, right] : undefined;
  if (!ts.isElementAccessExpression(left) || !isObject(left.expression)) return undefined;
  return ts.isStringLiteralLike(left.argumentExpression) ? [left.argumentExpression.text, right] : undefined;
}

/** The names that a statement declares. */
export const declaredIn = (statement: ts.Statement): ts.Identifier[] => {
  const names: ts.Identifier[] = [];
  const add = (name: ts.BindingName): void => {
    if (ts.isIdentifier(name)) names.push(name);
    else for (const element of name.elements) if (ts.isBindingElement(element)) add(element.name);
  };
  if (ts.isVariableStatement(statement)) for (const { name } of statement.declarationList.declarations) add(name);
  return names;
};

const contains = (outer: ts.Node, inner: ts.Node): boolean =>
  outer.getSourceFile() === inner.getSourceFile() && outer.pos <= inner.pos && inner.end <= outer.end;

/** `if (!response.ok) throw …`: the v2 call rejects by itself. */
const isRefusal = (statement: ts.Statement): boolean =>
  ts.isIfStatement(statement) &&
  statement.elseStatement === undefined &&
  (ts.isThrowStatement(statement.thenStatement) ||
    (ts.isBlock(statement.thenStatement) &&
      statement.thenStatement.statements.length === 1 &&
      statement.thenStatement.statements.every(ts.isThrowStatement)));

const isLog = (statement: ts.Statement): boolean =>
  ts.isExpressionStatement(statement) && ts.isCallExpression(statement.expression) && isLogged(statement.expression);

/** Everything that prepares one request, from the object with its parameters to the expression that answers. */
export class Preparation {
  private readonly own = new Set<ts.Symbol>();
  readonly added: [string, ts.Expression][] = [];
  readonly statements: ts.Statement[] = [];
  readonly machinery: ts.Statement[] = [];
  private readonly kept: ts.VariableStatement[] = [];

  constructor(
    private readonly context: FileContext,
    private readonly references: References,
    variable: ts.Symbol,
    private readonly variableSymbol = variable,
  ) {
    this.own.add(variable);
  }

  /** Reads a statement; returns what is wrong with it. */
  read(statement: ts.Statement): string | undefined {
    const set = parameterSet(statement, (node) => this.symbolOf(node) === this.variableSymbol);
    if (set !== undefined) {
      const isComputed = this.mentionsOwn(set[1]);
      if (isComputed && !PROTOCOL.test(set[0])) return `${set[0]} is made of the other parameters`;
      if (!isComputed) this.added.push(set);
      this.statements.push(statement);
      return undefined;
    }
    if (!this.mentionsOwn(statement))
      return ts.isVariableStatement(statement) ? this.keep(statement) : this.standsBetween(statement);
    const isVariable = ts.isVariableStatement(statement);
    if (!isVariable && !isLog(statement) && !isRefusal(statement) && !this.worksOnOwn(statement))
      return this.standsBetween(statement);
    const given = this.givenIn(statement);
    if (given !== undefined) return `${given.text} decides about the request, and is given to the function`;
    for (const name of isVariable ? declaredIn(statement) : [])
      this.own.add(this.references.symbolOf(name) ?? this.variableSymbol);
    return this.take(statement);
  }

  keep(statement: ts.VariableStatement): undefined {
    this.kept.push(statement);
    return undefined;
  }

  /** `const timestamp = …`, of which nothing but the protocol made use. */
  unneeded(object: ts.ObjectLiteralExpression): ts.Statement[] {
    const dropped = [...this.statements, ...object.properties].filter(
      (node) => !ts.isPropertyAssignment(node) || PROTOCOL.test(node.name.getText().replace(/['"]/g, '')),
    );
    return this.kept.filter(
      (statement) =>
        !/\bawait\b/.test(statement.getText()) &&
        declaredIn(statement).every((name) => {
          const symbol = this.references.symbolOf(name);
          const uses = symbol === undefined ? [] : this.references.of(symbol).filter((use) => use !== name);
          return uses.length > 0 && uses.every((use) => dropped.some((node) => contains(node, use)));
        }),
    );
  }

  private take(statement: ts.Statement): undefined {
    this.statements.push(statement);
    this.machinery.push(statement);
    return undefined;
  }

  /** `query.append('Signature', …)` */
  private worksOnOwn(statement: ts.Statement): boolean {
    const call = ts.isExpressionStatement(statement) ? statement.expression : undefined;
    if (call === undefined || !ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression))
      return false;
    const symbol = this.symbolOf(call.expression.expression);
    return symbol !== undefined && this.own.has(symbol);
  }

  /** Credentials or an address that the function is given: one v2 client would take every merchant for the same. */
  private givenIn(statement: ts.Node): ts.Identifier | undefined {
    const names = nodesOf(statement.getSourceFile()).filter(
      (node): node is ts.Identifier => ts.isIdentifier(node) && contains(statement, node),
    );
    return names.find((name) => {
      const declaration = this.symbolOf(name)?.valueDeclaration;
      const parameter = declaration === undefined ? undefined : ts.findAncestor(declaration, ts.isParameter);
      return parameter !== undefined && !contains(statement, parameter);
    });
  }

  private standsBetween(statement: ts.Statement): string {
    return `${this.context.text(statement).slice(0, 60)} stands between its parameters and its answer`;
  }

  private symbolOf(node: ts.Node): ts.Symbol | undefined {
    return ts.isIdentifier(node) ? this.references.symbolOf(node) : undefined;
  }

  /** Something of the request is used here. */
  mentionsOwn(node: ts.Node): boolean {
    return [...this.own].some((symbol) => this.references.of(symbol).some((reference) => contains(node, reference)));
  }

  /** The place outside of the request where something of it is used. */
  useElsewhere(answer: ts.Node, from: ts.Node): ts.Identifier | undefined {
    const inside = [...this.statements, answer, from];
    for (const symbol of this.own)
      for (const reference of this.references.of(symbol))
        if (!inside.some((node) => contains(node, reference))) return reference;
    return undefined;
  }
}
