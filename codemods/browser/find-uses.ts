import { ts } from 'ts-morph';
import { browserSymbols } from '../../src/catalog';
import { pathOf, type Aliases } from './aliases';

/** A place that uses a legacy global, or a member of one. */
export interface Use {
  /** The name in the catalog: `OffAmazonPayments.Button`. */
  readonly symbol: string;
  /** The expression that stands for it: `window.OffAmazonPayments.Button`. */
  readonly node: ts.Expression;
  /**
   * call, new: the parent calls it. assign: something is put there. test: only whether it is there. alias: it is given
   * another name that is followed. read: anything else.
   */
  readonly kind: 'call' | 'new' | 'assign' | 'test' | 'alias' | 'read';
  /** Told by the names of its members alone; the object was not followed. */
  readonly isGuessed: boolean;
}

/** The node around an expression that is not just parentheses or a cast. */
export function aroundOf(node: ts.Node): { readonly parent: ts.Node; readonly child: ts.Node } {
  let child = node;
  while (
    ts.isParenthesizedExpression(child.parent) ||
    ts.isAsExpression(child.parent) ||
    ts.isNonNullExpression(child.parent) ||
    ts.isTypeAssertionExpression(child.parent)
  )
    child = child.parent;
  return { parent: child.parent, child };
}

/** Whether an expression is only asked for being there: in a condition, behind `!` or `typeof`. */
export function isTest(node: ts.Node): boolean {
  const { parent, child } = aroundOf(node);
  if (ts.isTypeOfExpression(parent)) return true;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === ts.SyntaxKind.ExclamationToken;
  if (ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent))
    return parent.expression === child;
  if (ts.isConditionalExpression(parent)) return parent.condition === child;
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.getText();
    if (operator === '&&' || operator === '||') return parent.left === child || isTest(parent);
    const other = parent.left === child ? parent.right : parent.left;
    return /^[!=]==?$/.test(operator) && /^(?:undefined|null|void 0)$/.test(other.getText());
  }
  return false;
}

function kindOf(node: ts.Expression, aliases: Aliases): Use['kind'] {
  const { parent, child } = aroundOf(node);
  if (ts.isCallExpression(parent) && parent.expression === child) return 'call';
  if (ts.isNewExpression(parent) && parent.expression === child) return 'new';
  const isSet = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (isSet && parent.left === child) return 'assign';
  const declaration = ts.findAncestor(node, (one) => ts.isVariableDeclaration(one) || ts.isBinaryExpression(one));
  const isAlias = (one: ts.Node): boolean => aliases.variables.some((alias) => alias.declaration === one);
  if (declaration !== undefined && isAlias(declaration) && !isTest(node)) return 'alias';
  return isTest(node) ? 'test' : 'read';
}

/** An identifier that is an expression, and not the name of something. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent) || ts.isParameter(parent)) return parent.initializer === node;
  if (ts.isTypeNode(parent) || ts.isTypeElement(parent) || ts.isImportSpecifier(parent)) return false;
  // `interface OffAmazonPayments`, and the type that is named after it: no value stands there.
  if (ts.isInterfaceDeclaration(parent) || ts.isTypeAliasDeclaration(parent) || ts.isTypeParameterDeclaration(parent))
    return false;
  if (ts.isQualifiedName(parent) || ts.isExportSpecifier(parent) || ts.isModuleDeclaration(parent)) return false;
  if (ts.isExpressionWithTypeArguments(parent))
    return ts.isHeritageClause(parent.parent) && ts.isClassLike(parent.parent.parent);
  if (ts.isClassElement(parent) || ts.isFunctionLike(parent) || ts.isJsxAttribute(parent)) {
    return ts.isArrowFunction(parent) && parent.body === node;
  }
  return true;
}

const isExpressionOfInterest = (
  node: ts.Node,
): node is ts.Identifier | ts.PropertyAccessExpression | ts.ElementAccessExpression =>
  (ts.isIdentifier(node) && isReference(node)) ||
  ts.isPropertyAccessExpression(node) ||
  ts.isElementAccessExpression(node);

/** Every use of a legacy global in a script, or below a node of it, in order. */
export function findUses(source: ts.Node, aliases: Aliases): Use[] {
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    if (isExpressionOfInterest(node)) {
      const path = pathOf(node, aliases);
      if (path !== undefined && browserSymbols[path] !== undefined) {
        const isGuessed = /^OffAmazonPayments/.test(path) && !isNamed(node, aliases);
        const kind = kindOf(node, aliases);
        // `this.$amazon = window.OffAmazonPayments` gives a name; only the right side is a use.
        if (kind !== 'assign' || isOwnName(node, path)) uses.push({ symbol: path, node, kind, isGuessed });
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

/** Whether an expression is written with the name of what it stands for. */
const isOwnName = (node: ts.Expression, path: string): boolean => {
  const name = ts.isPropertyAccessExpression(node)
    ? node.name
    : ts.isElementAccessExpression(node)
      ? node.argumentExpression
      : node;
  return name.getText().replace(/['"]/g, '') === path.split('.').at(-1);
};

/** Whether the root of a member chain is the global itself or something that was set to it. */
function isNamed(node: ts.Expression, aliases: Aliases): boolean {
  let current: ts.Expression = node;
  for (;;) {
    if (ts.isIdentifier(current)) {
      const path = pathOf(current, aliases);
      return path !== undefined;
    }
    if (ts.isPropertyAccessExpression(current) || ts.isElementAccessExpression(current)) {
      if (/\bOffAmazonPayments\b/.test(current.getText())) return true;
      if (ts.isPropertyAccessExpression(current) && aliases.properties.has(current.name.text)) return true;
      current = current.expression;
    } else if (
      ts.isParenthesizedExpression(current) ||
      ts.isAsExpression(current) ||
      ts.isNonNullExpression(current) ||
      ts.isTypeAssertionExpression(current)
    ) {
      current = current.expression;
    } else return false;
  }
}
