import { ts } from 'ts-morph';

/** Where a call gives something: an argument, or a member of the object that is the argument. */
export interface GivenAt {
  readonly argument: number;
  readonly member?: string;
}

/** The names that the parameters of a function declare, each with the place where a call gives it. */
export function namesOfParameters(node: ts.SignatureDeclaration): Map<string, GivenAt> {
  const names = new Map<string, GivenAt>();
  node.parameters.forEach(({ name }, argument) => {
    if (ts.isIdentifier(name)) names.set(name.text, { argument });
    if (!ts.isObjectBindingPattern(name)) return;
    for (const element of name.elements) {
      const key = element.propertyName ?? element.name;
      if (!ts.isIdentifier(element.name) || element.dotDotDotToken !== undefined) continue;
      if (ts.isIdentifier(key) || ts.isStringLiteralLike(key))
        names.set(element.name.text, { argument, member: key.text });
    }
  });
  return names;
}

const isAction = (key: ts.Node): boolean =>
  (ts.isIdentifier(key) || ts.isStringLiteralLike(key)) && key.text === 'Action';

/** `params.Action = name`, `params['Action'] = name` */
function assignedAction(node: ts.BinaryExpression): ts.Expression | undefined {
  if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  const key = ts.isPropertyAccessExpression(node.left)
    ? node.left.name
    : ts.isElementAccessExpression(node.left)
      ? node.left.argumentExpression
      : undefined;
  return key !== undefined && isAction(key) ? node.right : undefined;
}

/** `'Action=' + name` */
const addedAction = (node: ts.BinaryExpression): ts.Expression | undefined =>
  node.operatorToken.kind === ts.SyntaxKind.PlusToken && /Action=['"`]?$/.test(node.left.getText())
    ? node.right
    : undefined;

function inTemplate(node: ts.TemplateExpression): ts.Expression[] {
  const heads = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
  return node.templateSpans.flatMap(({ expression }, index) =>
    /Action=$/.test(heads[index]?.text ?? '') ? [expression] : [],
  );
}

/** What becomes the Action of a request at this place. */
function actionsAt(node: ts.Node): (ts.Expression | undefined)[] {
  if (ts.isPropertyAssignment(node)) return isAction(node.name) ? [node.initializer] : [];
  if (ts.isShorthandPropertyAssignment(node)) return isAction(node.name) ? [node.name] : [];
  if (ts.isBinaryExpression(node)) return [assignedAction(node), addedAction(node)];
  if (ts.isTemplateExpression(node)) return inTemplate(node);
  // query.set('Action', name)
  const [key, value] = ts.isCallExpression(node)
    ? node.arguments
    : ts.isArrayLiteralExpression(node)
      ? node.elements
      : [];
  return key !== undefined && ts.isStringLiteralLike(key) && isAction(key) ? [value] : [];
}

/** Where a call of the function gives what becomes the Action of its request; undefined when none of its parameters does. */
export function takesAction(node: ts.FunctionLikeDeclaration): GivenAt | undefined {
  const names = namesOfParameters(node);
  let found: GivenAt | undefined;
  const visit = (child: ts.Node): void => {
    for (const action of actionsAt(child))
      if (action !== undefined && ts.isIdentifier(action)) found ??= names.get(action.text);
    ts.forEachChild(child, visit);
  };
  if (node.body !== undefined && names.size > 0) visit(node.body);
  return found;
}
