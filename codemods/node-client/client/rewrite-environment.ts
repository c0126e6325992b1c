import { ts } from 'ts-morph';
import { legacyEnvironments } from '../../../src/catalog';
import { type FileContext, unwrap } from '../context';
import { keyOf } from '../answers/pattern-parts';

/** What an environment says, as source text. */
export interface EnvironmentText {
  readonly region: string;
  readonly sandbox: string;
}

const rowOf = (name: string): { region: string; sandbox: boolean } | undefined => legacyEnvironments[name];

const negate = (condition: string): string => (/^[\w$.]+$/.test(condition) ? `!${condition}` : `!(${condition})`);

/** A choice of two: `cond ? 'Production' : 'Sandbox'`. */
function choose(condition: string, whenTrue: EnvironmentText, whenFalse: EnvironmentText): EnvironmentText {
  const plain = /^[\w$.!]+$/.test(condition) ? condition : `(${condition})`;
  const region =
    whenTrue.region === whenFalse.region ? whenTrue.region : `${plain} ? ${whenTrue.region} : ${whenFalse.region}`;
  if (whenTrue.sandbox === whenFalse.sandbox) return { region, sandbox: whenTrue.sandbox };
  if (whenTrue.sandbox === 'false' && whenFalse.sandbox === 'true') return { region, sandbox: negate(condition) };
  if (whenTrue.sandbox === 'true' && whenFalse.sandbox === 'false')
    return { region, sandbox: /^[\w$.!]+$/.test(condition) ? `Boolean(${condition})` : condition };
  return { region, sandbox: `${plain} ? ${whenTrue.sandbox} : ${whenFalse.sandbox}` };
}

function byName(context: FileContext, name: ts.Expression, emit: (node: ts.Node) => string): EnvironmentText {
  const { quote } = context.style;
  const expression = unwrap(name);
  if (ts.isStringLiteralLike(expression)) {
    const row = rowOf(expression.text);
    if (row !== undefined) return { region: `${quote}${row.region}${quote}`, sandbox: String(row.sandbox) };
  }
  if (ts.isConditionalExpression(expression)) {
    return choose(
      emit(expression.condition),
      byName(context, expression.whenTrue, emit),
      byName(context, expression.whenFalse, emit),
    );
  }
  const text = emit(name);
  return {
    region: `/EU$/.test(${text}) ? ${quote}eu${quote} : ${quote}us${quote}`,
    sandbox: `/^Sandbox/.test(${text})`,
  };
}

/** What is taken off a `require` is an alias to the checker, and has no value declaration. */
function declarationOf({ checker }: FileContext, node: ts.Identifier): ts.Declaration | undefined {
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node);
  return symbol?.valueDeclaration ?? symbol?.declarations?.[0];
}

/** The name in `Environment` that a variable was taken from: `const { Production: Live } = ap.Environment`. */
function takenName(context: FileContext, node: ts.Expression): string | undefined {
  const part = ts.isIdentifier(node) ? declarationOf(context, node) : undefined;
  if (part === undefined || !ts.isBindingElement(part) || part.getSourceFile() !== context.file.source)
    return undefined;
  const { parent: whole } = part.parent;
  const source = ts.isVariableDeclaration(whole) ? whole.initializer : undefined;
  const types = [part.parent, ...(source === undefined ? [] : [source, unwrap(source)])];
  return types.some((each) => context.typeOf(each)?.kind === 'environments') ? keyOf(part) : undefined;
}

/** A name that is taken off the package where that is loaded: with the import it goes. */
export function environmentTaken(context: FileContext, node: ts.Node): EnvironmentText | undefined {
  if (!ts.isIdentifier(node) || context.typeOf(node)?.kind !== 'environment') return undefined;
  const { parent } = node;
  const isName =
    ts.isBindingElement(parent) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isPropertyAccessExpression(parent) && parent.name === node);
  const declared = declarationOf(context, node);
  const variable = declared === undefined ? undefined : ts.findAncestor(declared, ts.isVariableDeclaration);
  const isLoaded = /^require\b/.test(variable?.initializer?.getText() ?? '');
  return isName || !isLoaded ? undefined : environmentText(context, node, context.rewriter.emit);
}

/**
 * Region and sandbox flag of an expression that is an environment, as far as it is written out there. Undefined when it
 * comes from elsewhere; it then holds `{ region, sandbox }` itself, because its origin was rewritten.
 */
export function environmentText(
  context: FileContext,
  node: ts.Expression,
  emit: (node: ts.Node) => string,
): EnvironmentText | undefined {
  const expression = unwrap(node);
  if (ts.isConditionalExpression(expression)) {
    const whenTrue = environmentText(context, expression.whenTrue, emit);
    const whenFalse = environmentText(context, expression.whenFalse, emit);
    return whenTrue === undefined || whenFalse === undefined
      ? undefined
      : choose(emit(expression.condition), whenTrue, whenFalse);
  }
  const isMember =
    ts.isPropertyAccessExpression(expression) && context.typeOf(expression.expression)?.kind === 'environments';
  const name = isMember ? expression.name.text : takenName(context, expression);
  if (name !== undefined) {
    const row = rowOf(name);
    return row === undefined
      ? undefined
      : { region: `${context.style.quote}${row.region}${context.style.quote}`, sandbox: String(row.sandbox) };
  }
  if (ts.isElementAccessExpression(expression) && context.typeOf(expression.expression)?.kind === 'environments') {
    return byName(context, expression.argumentExpression, emit);
  }
  return undefined;
}

/** True for `Environment.Sandbox` and `Environment[name]`, wherever they stand. */
export function isEnvironmentAccess(
  context: FileContext,
  node: ts.Node,
): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false;
  return context.typeOf(node.expression)?.kind === 'environments' && context.typeOf(node)?.kind === 'environment';
}

/** `Environment.Live`: a name that the legacy client never had, so that it stands for nothing. */
export const isUnknownEnvironment = (context: FileContext, node: ts.Node): node is ts.PropertyAccessExpression =>
  ts.isPropertyAccessExpression(node) &&
  context.typeOf(node.expression)?.kind === 'environments' &&
  rowOf(node.name.text) === undefined;
