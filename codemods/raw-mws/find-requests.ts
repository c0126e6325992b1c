import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';

/** A place where one operation is named for a request. */
export interface ActionUse {
  readonly node: ts.Node;
  readonly operation: string;
}

const isOperation = (text: string): boolean => operations[text] !== undefined;

const keyOf = (name: ts.PropertyName | ts.Expression): string | undefined =>
  ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;

/** `{ Action: 'Authorize' }` */
function fromProperty(node: ts.Node): ActionUse | undefined {
  if (!ts.isPropertyAssignment(node) || keyOf(node.name) !== 'Action' || !ts.isStringLiteralLike(node.initializer))
    return undefined;
  return isOperation(node.initializer.text) ? { node, operation: node.initializer.text } : undefined;
}

/** `params.Action = 'Authorize'` and `params['Action'] = 'Authorize'` */
function fromAssignment(node: ts.Node): ActionUse | undefined {
  if (
    !ts.isBinaryExpression(node) ||
    node.operatorToken.kind !== ts.SyntaxKind.EqualsToken ||
    !ts.isStringLiteralLike(node.right)
  )
    return undefined;
  const { left } = node;
  const key = ts.isPropertyAccessExpression(left)
    ? left.name.text
    : ts.isElementAccessExpression(left)
      ? keyOf(left.argumentExpression)
      : undefined;
  return key === 'Action' && isOperation(node.right.text) ? { node, operation: node.right.text } : undefined;
}

/** `query.set('Action', 'Authorize')` */
function fromSetter(node: ts.Node): ActionUse | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [key, value] = node.arguments;
  if (key === undefined || value === undefined || keyOf(key) !== 'Action' || !ts.isStringLiteralLike(value))
    return undefined;
  return isOperation(value.text) ? { node, operation: value.text } : undefined;
}

/** `'Action=Authorize&…'` in a string or a template */
function fromText(node: ts.Node): ActionUse | undefined {
  const text =
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
      ? node.text
      : undefined;
  const operation = text === undefined ? undefined : /(?:^|[?&\s])Action=([A-Za-z]+)/.exec(text)?.[1];
  return operation !== undefined && isOperation(operation) ? { node, operation } : undefined;
}

/** `execute('Authorize', { AmazonOrderReferenceId: id })` with a function that was handed in. */
function fromCall(node: ts.Node): ActionUse | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const [action, parameters] = node.arguments;
  if (action === undefined || !ts.isStringLiteralLike(action) || !isOperation(action.text)) return undefined;
  if (parameters === undefined || !ts.isObjectLiteralExpression(parameters)) return undefined;
  const names = Object.keys(operations[action.text]?.request ?? {});
  const known = parameters.properties.some(({ name }) => {
    const key = name === undefined ? undefined : keyOf(name as ts.PropertyName);
    return key !== undefined && names.some((field) => key === field || key.startsWith(`${field}.`));
  });
  return known ? { node, operation: action.text } : undefined;
}

/** Every place in a file that names an operation as the Action of a request. */
export function findActions(source: ts.SourceFile): ActionUse[] {
  const found: ActionUse[] = [];
  const visit = (node: ts.Node): void => {
    const use = fromProperty(node) ?? fromAssignment(node) ?? fromSetter(node) ?? fromCall(node) ?? fromText(node);
    if (use !== undefined) found.push(use);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
