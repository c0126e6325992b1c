import type { ts as TypeScript } from 'ts-morph';
import type { SourceUnit } from '../codemod';
import type * as Parser from '../typed-program/parser';
import type { KeyPlace } from './key-place';

type Compiler = typeof TypeScript;

/** A module that only holds settings; elsewhere an object with such a key is an argument that another codemod handles. */
export const isConfigurationModule = (path: string): boolean =>
  /(?:^|\/)(?:config|configs|configuration|settings)\/|(?:^|[/.-])(?:config|configuration|settings|env|environment)(?:\.[\w-]+)*\.[cm]?[jt]sx?$/i.test(
    path,
  ) && !/(?:^|\/)(?:jest|webpack|vite|rollup|babel|eslint|prettier|next|nuxt|tailwind|postcss)\.config\./i.test(path);

/** Constructors of the legacy clients: what stands in their arguments is rewritten together with them. */
const CONSTRUCTORS = /(?:^|\.)(?:connect|AmazonPayClient|amazonPayClient|Client)$/;

const isEnvironment = (ts: Compiler, node: TypeScript.Expression): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === 'env' &&
  /^(?:process|import\.meta|Deno|Bun)$/.test(node.expression.getText());

/** `process.env.X`, `process.env['X']` and `const { X } = process.env` */
function variableOf(ts: Compiler, node: TypeScript.Node): TypeScript.Node | undefined {
  if (ts.isPropertyAccessExpression(node) && isEnvironment(ts, node.expression)) return node.name;
  if (
    ts.isElementAccessExpression(node) &&
    isEnvironment(ts, node.expression) &&
    ts.isStringLiteralLike(node.argumentExpression)
  ) {
    return node.argumentExpression;
  }
  if (!ts.isBindingElement(node)) return undefined;
  const initializer = ts.isVariableDeclaration(node.parent.parent) ? node.parent.parent.initializer : undefined;
  return initializer !== undefined && isEnvironment(ts, initializer) ? (node.propertyName ?? node.name) : undefined;
}

const place = (ts: Compiler, node: TypeScript.Node, parents: readonly string[], kind: KeyPlace['kind']): KeyPlace => {
  const quoted = ts.isStringLiteralLike(node) ? 1 : 0;
  const name = ts.isIdentifier(node) || ts.isStringLiteralLike(node) ? node.text : node.getText();
  return { name, parents, start: node.getStart() + quoted, end: node.getEnd() - quoted, kind };
};

/** Keys of the settings in a configuration module, and the environment variables that any other module reads. */
export function scanScript({ ts, parseScript }: typeof Parser, unit: SourceUnit): KeyPlace[] {
  const source = parseScript(unit.path, unit.text);
  const places: KeyPlace[] = [];
  const holdsSettings = isConfigurationModule(unit.path);
  const visit = (node: TypeScript.Node, parents: readonly string[]): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && CONSTRUCTORS.test(node.expression.getText())) return;
    const variable = variableOf(ts, node);
    if (variable !== undefined) places.push(place(ts, variable, parents, 'reference'));
    const named =
      ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name))
        ? node.name
        : undefined;
    if (named !== undefined && holdsSettings) places.push(place(ts, named, parents, 'key'));
    const inner = named === undefined ? parents : [...parents, named.text];
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, []);
  return places;
}
