import { ts } from 'ts-morph';

/** A place of the merchant that says, in a type of its own, what comes into it. */
export interface TypedPlace {
  readonly type: ts.TypeNode;
  /** What comes in. */
  readonly value: ts.Expression;
  /** The type is that of a function which answers with a promise of the value. */
  readonly isPromised?: true;
  readonly isArgument?: true;
}

const ASSIGNMENTS = new Set([
  ts.SyntaxKind.EqualsToken,
  ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken,
]);

export const isAssignment = (node: ts.Node): node is ts.BinaryExpression =>
  ts.isBinaryExpression(node) && ASSIGNMENTS.has(node.operatorToken.kind);

/** The variable or property that an assignment is made to. */
export function assignedDeclaration(
  checker: ts.TypeChecker,
  { left }: ts.BinaryExpression,
): ts.VariableDeclaration | ts.PropertyDeclaration | undefined {
  const name = ts.isIdentifier(left) ? left : ts.isPropertyAccessExpression(left) ? left.name : undefined;
  const declaration = name === undefined ? undefined : checker.getSymbolAtLocation(name)?.valueDeclaration;
  return declaration !== undefined && (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
    ? declaration
    : undefined;
}

const isAsync = (node: ts.SignatureDeclaration): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false);

function returned(node: ts.Node, value: ts.Expression | undefined): TypedPlace | undefined {
  const around = ts.findAncestor(node.parent, ts.isFunctionLike);
  if (around?.type === undefined || value === undefined || ts.isConstructorDeclaration(around)) return undefined;
  return { type: around.type, value, ...(isAsync(around) ? { isPromised: true } : {}) };
}

/** `(error, answer: CaptureAnswer) => …` is not among them: what comes in there is told by the operation that is called. */
function argumentsOf(checker: ts.TypeChecker, call: ts.CallExpression | ts.NewExpression): TypedPlace[] {
  if (call.arguments === undefined || call.arguments.length === 0) return [];
  const declaration = checker.getResolvedSignature(call)?.getDeclaration();
  return call.arguments.flatMap((value, index): TypedPlace[] => {
    const parameter = declaration?.parameters[index];
    const isOne = parameter !== undefined && ts.isParameter(parameter) && parameter.dotDotDotToken === undefined;
    return isOne && parameter.type !== undefined ? [{ type: parameter.type, value, isArgument: true }] : [];
  });
}

/** `as T`, `const x: T = …`, `x = …`, `return …` in a function that returns T, an argument for a parameter of T. */
export function typedPlaces(checker: ts.TypeChecker, node: ts.Node): readonly TypedPlace[] {
  if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node))
    return [{ type: node.type, value: node.expression }];
  if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node))
    return node.type === undefined || node.initializer === undefined
      ? []
      : [{ type: node.type, value: node.initializer }];
  if (isAssignment(node)) {
    const type = assignedDeclaration(checker, node)?.type;
    return type === undefined ? [] : [{ type, value: node.right }];
  }
  const place = ts.isReturnStatement(node)
    ? returned(node, node.expression)
    : ts.isArrowFunction(node) && !ts.isBlock(node.body)
      ? returned(node.body, node.body)
      : undefined;
  if (place !== undefined) return [place];
  return ts.isCallExpression(node) || ts.isNewExpression(node) ? argumentsOf(checker, node) : [];
}
