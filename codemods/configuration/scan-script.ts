import type { ts as TypeScript } from 'ts-morph';
import type { SourceUnit } from '../codemod';
import type * as Parser from '../typed-program/parser';
import type { KeyPlace } from './key-place';

type Compiler = typeof TypeScript;

/** A module that only holds settings; elsewhere an object with such a key is an argument that another codemod handles. */
export const isConfigurationModule = (path: string): boolean =>
  /(?:^|\/)(?:config|configs|configuration|settings)\/|(?:^|[/.-])(?:config|configuration|settings|env|environment|secrets?|credentials?|keys|constants?)(?:\.[\w-]+)*\.[cm]?[jt]sx?$/i.test(
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

/** The text that a constant expression has: `PREFIX + 'ACCESS_KEY'`, `` `${PREFIX}ACCESS_KEY` ``. Undefined for any other. */
function constantText(
  ts: Compiler,
  node: TypeScript.Expression,
  constants: ReadonlyMap<string, string>,
): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return constants.get(node.text);
  if (ts.isParenthesizedExpression(node)) return constantText(ts, node.expression, constants);
  const parts = ts.isTemplateExpression(node)
    ? [
        node.head.text,
        ...node.templateSpans.flatMap(({ expression, literal }) => [
          constantText(ts, expression, constants),
          literal.text,
        ]),
      ]
    : ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken
      ? [constantText(ts, node.left, constants), constantText(ts, node.right, constants)]
      : [undefined];
  return parts.every((part) => part !== undefined) ? parts.join('') : undefined;
}

/** `const PREFIX = 'MWS_'`; a name that is declared twice says nothing. */
function constantsOf(ts: Compiler, source: TypeScript.SourceFile): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const declared = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name)) {
      const { text } = node.name;
      if (declared.has(text)) found.delete(text);
      else if (node.initializer !== undefined && ts.isStringLiteralLike(node.initializer))
        found.set(text, node.initializer.text);
      declared.add(text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `process.env[PREFIX + 'ACCESS_KEY']` */
function computedVariable(
  ts: Compiler,
  node: TypeScript.Node,
  constants: ReadonlyMap<string, string>,
): KeyPlace | undefined {
  if (!ts.isElementAccessExpression(node) || !isEnvironment(ts, node.expression)) return undefined;
  const { argumentExpression: argument } = node;
  const name = ts.isStringLiteralLike(argument) ? undefined : constantText(ts, argument, constants);
  return name === undefined
    ? undefined
    : { name, parents: [], start: argument.getStart(), end: argument.getEnd(), kind: 'reference' };
}

/** The name of a variable, wherever it is asked for: `env('MWS_ACCESS_KEY')`, `Joi.object({ MWS_ACCESS_KEY: … })`. */
const VARIABLE = /^(?=[A-Z0-9_]*MWS)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;
/** A path to a setting: `nconf.get('mws:sellerId')`, `config.get('amazon.mws.secretKey')`. */
const PATH = /^(?=.*mws)[A-Za-z][\w-]*(?:[.:/][A-Za-z][\w-]*)+$/i;

/** A name of a setting in a string or as a key, in a file that is no configuration itself. */
function namedSetting(ts: Compiler, node: TypeScript.Node): KeyPlace | undefined {
  const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
  if (!ts.isStringLiteralLike(node) && !(isKey && ts.isIdentifier(node))) return undefined;
  // What a module is loaded from is no setting.
  if (ts.isStringLiteralLike(node) && isSpecifier(ts, node)) return undefined;
  if (VARIABLE.test(node.text)) return place(ts, node, [], 'reference');
  if (!ts.isStringLiteralLike(node) || !PATH.test(node.text)) return undefined;
  const parts = node.text.split(/[.:/]/);
  return { ...place(ts, node, parts.slice(0, -1), 'reference'), name: parts.at(-1) ?? '' };
}

function isSpecifier(ts: Compiler, node: TypeScript.StringLiteralLike): boolean {
  const { parent } = node;
  if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true;
  return (
    ts.isCallExpression(parent) && /^(?:require(?:\.resolve)?|import|jest\.mock)$/.test(parent.expression.getText())
  );
}

/** Keys of the settings in a configuration module, and the names of settings that any other module asks for. */
export function scanScript({ ts, parseScript }: typeof Parser, unit: SourceUnit): KeyPlace[] {
  const source = parseScript(unit.path, unit.text);
  const places: KeyPlace[] = [];
  const holdsSettings = isConfigurationModule(unit.path);
  const constants = constantsOf(ts, source);
  const visit = (node: TypeScript.Node, parents: readonly string[]): void => {
    if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && CONSTRUCTORS.test(node.expression.getText())) return;
    const variable = variableOf(ts, node);
    const isKnown = (other: TypeScript.Node): boolean =>
      places.some(({ start, end }) => start <= other.getEnd() && other.getStart() <= end);
    if (variable !== undefined) places.push(place(ts, variable, parents, 'reference'));
    const computed = computedVariable(ts, node, constants);
    if (computed !== undefined) places.push(computed);
    const named =
      ts.isPropertyAssignment(node) && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name))
        ? node.name
        : undefined;
    if (named !== undefined && holdsSettings) places.push(place(ts, named, parents, 'key'));
    const setting = isKnown(node) || node === source ? undefined : namedSetting(ts, node);
    if (setting !== undefined) places.push(setting);
    const inner = named === undefined ? parents : [...parents, named.text];
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(source, []);
  return places;
}
