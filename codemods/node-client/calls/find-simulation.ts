import { ts } from 'ts-morph';
import { mentionsSimulation } from '../../v2-request/simulation';
import type { SimulationText } from '../../v2-request/types';
import { type FileContext, unwrap } from '../context';

/** The initializer of the variable or property that a name stands for. */
function initializerOf(context: FileContext, node: ts.Expression): ts.Expression | undefined {
  const { checker } = context;
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return undefined;
  const symbol = checker.getSymbolAtLocation(ts.isIdentifier(node) ? node : node.name);
  const isAlias = symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0;
  const declaration = (isAlias ? checker.getAliasedSymbol(symbol) : symbol)?.valueDeclaration;
  const hasInitializer =
    declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isPropertyAssignment(declaration));
  return hasInitializer ? declaration.initializer : undefined;
}

const mentions = (node: ts.Node): boolean => mentionsSimulation(node.getText());

/** Text, or an object that is turned into text, with nothing computed in it. */
function isWrittenOut(node: ts.Expression): boolean {
  const isStringify = ts.isCallExpression(node) && node.expression.getText() === 'JSON.stringify';
  const value = isStringify && node.arguments[0] !== undefined ? unwrap(node.arguments[0]) : node;
  return ts.isStringLiteralLike(value) || ts.isObjectLiteralExpression(value);
}

/** `process.env.SIMULATE ? '{"SandboxSimulation": …}' : note`: the condition stays with the simulation. */
function underCondition(context: FileContext, node: ts.Expression): SimulationText | undefined {
  const emit = (part: ts.Expression): string => context.rewriter.original(part);
  if (ts.isConditionalExpression(node) && mentions(node.whenTrue) !== mentions(node.whenFalse)) {
    const [branch, condition] = mentions(node.whenTrue)
      ? [unwrap(node.whenTrue), emit(node.condition)]
      : [unwrap(node.whenFalse), `!(${emit(node.condition)})`];
    return isWrittenOut(branch) ? { source: branch.getText(), condition } : undefined;
  }
  const isAnd = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken;
  return isAnd && isWrittenOut(unwrap(node.right))
    ? { source: node.right.getText(), condition: emit(node.left) }
    : undefined;
}

/** The sandbox simulation that a note holds, also behind a name. Undefined when it holds none. */
export function findSimulation(context: FileContext, note: ts.Expression): SimulationText | undefined {
  const expression = unwrap(note);
  const value = unwrap(initializerOf(context, expression) ?? expression);
  if (!mentions(value)) return undefined;
  if (isWrittenOut(value)) return { source: value.getText() };
  // What a name stands for may depend on names that are not at hand where it is used.
  return (value === expression ? underCondition(context, value) : undefined) ?? { source: '' };
}
