import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';

/** The operations that are looked for, by their action name, with the parameters that each takes. */
export type Vocabulary = Readonly<Record<string, { readonly request: Readonly<Record<string, unknown>> }>>;

/** A place where an operation is named, or computed, for a request. */
export interface ActionUse {
  readonly node: ts.Node;
  /** Undefined when it is computed: then it is listed and not guessed. */
  readonly operation: string | undefined;
}

const keyOf = (name: ts.Node): string | undefined => {
  if (ts.isComputedPropertyName(name)) return keyOf(name.expression);
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : undefined;
};

const textOf = (node: ts.Node): string | undefined =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    ? node.text
    : undefined;

/** `Action=` at the end of a text, whose value follows. */
const isOpen = (node: ts.Node): boolean => /(?:^|[?&\s])Action=$/.test(textOf(node) ?? '');

/** The last piece of `'a' + b + '&Action='`. */
const lastOf = (node: ts.Expression): ts.Expression =>
  ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken ? lastOf(node.right) : node;

/** What is given as the Action at this place, in whatever way parameters are written down. */
function valueAt(node: ts.Node): ts.Expression | undefined {
  // { Action: value }
  if (ts.isPropertyAssignment(node)) return keyOf(node.name) === 'Action' ? node.initializer : undefined;
  if (ts.isShorthandPropertyAssignment(node)) return node.name.text === 'Action' ? node.name : undefined;
  // query.set('Action', value), ['Action', value]
  if (ts.isCallExpression(node) || ts.isArrayLiteralExpression(node)) {
    const [key, value] = ts.isCallExpression(node) ? node.arguments : node.elements;
    return key !== undefined && ts.isStringLiteralLike(key) && key.text === 'Action' ? value : undefined;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  // params.Action = value, params['Action'] = value
  if (node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = node;
    const isAction =
      (ts.isPropertyAccessExpression(left) && left.name.text === 'Action') ||
      (ts.isElementAccessExpression(left) && keyOf(left.argumentExpression) === 'Action');
    return isAction ? node.right : undefined;
  }
  // '&Action=' + value
  const isSum = node.operatorToken.kind === ts.SyntaxKind.PlusToken;
  return isSum && isOpen(lastOf(node.left)) ? node.right : undefined;
}

/** `'Action=Authorize&…'` in a string or a template, and `Action=${value}` */
function fromText(node: ts.Node, names: Vocabulary): ActionUse | undefined {
  const operation = /(?:^|[?&\s])Action=([A-Za-z]+)/.exec(textOf(node) ?? '')?.[1];
  if (operation !== undefined) return names[operation] === undefined ? undefined : { node, operation };
  if (!ts.isTemplateSpan(node)) return undefined;
  const spans = node.parent.templateSpans;
  const before = spans[spans.indexOf(node) - 1]?.literal ?? node.parent.head;
  return isOpen(before) ? useOf(node, node.expression, names) : undefined;
}

/** The text that a constant of this file holds. */
function constantText(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return constantText(node.expression);
  if (!ts.isIdentifier(node)) return undefined;
  const declared = namedConstants(node.getSourceFile()).get(node.text);
  return declared?.length === 1 ? declared[0] : undefined;
}

const constants = new WeakMap<ts.SourceFile, Map<string, string[]>>();

/** The texts of `const name = 'text'`; a name that is declared in other ways as well says nothing. */
function namedConstants(source: ts.SourceFile): Map<string, string[]> {
  const known = constants.get(source);
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node)) && ts.isIdentifier(node.name)) {
      const { initializer, parent } = node;
      const isConstant = ts.isVariableDeclarationList(parent) && (parent.flags & ts.NodeFlags.Const) !== 0;
      const text =
        isConstant && initializer !== undefined && ts.isStringLiteralLike(initializer) ? initializer.text : '';
      found.set(node.name.text, [...(found.get(node.name.text) ?? []), text]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  constants.set(source, found);
  return found;
}

/** Other sections of MWS have actions of other names. */
function useOf(node: ts.Node, value: ts.Expression, names: Vocabulary): ActionUse | undefined {
  const text = constantText(value);
  // ['Action', 'Version'] is a list of names.
  if (text !== undefined && text !== '') return names[text] === undefined ? undefined : { node, operation: text };
  return { node, operation: undefined };
}

/** `execute('Authorize', { AmazonOrderReferenceId: id })` with a function that was handed in. */
function fromCall(node: ts.Node, names: Vocabulary): ActionUse | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  const at = node.arguments.findIndex(
    (argument) => ts.isStringLiteralLike(argument) && names[argument.text] !== undefined,
  );
  const [action, parameters] = node.arguments.slice(Math.max(0, at));
  if (at === -1 || action === undefined || !ts.isStringLiteralLike(action)) return undefined;
  if (parameters === undefined || !ts.isObjectLiteralExpression(parameters)) return undefined;
  const fields = Object.keys(names[action.text]?.request ?? {});
  const known = parameters.properties.some(({ name }) => {
    const key = name === undefined ? undefined : keyOf(name);
    return key !== undefined && fields.some((field) => key === field || key.startsWith(`${field}.`));
  });
  return known ? { node, operation: action.text } : undefined;
}

/** `track('GetRefundDetails', client.getRefundDetails(…))`: it is requested by the client, and named for something else. */
function callsClient(node: ts.Node, operation: string): boolean {
  const methods = [operation.charAt(0).toLowerCase() + operation.slice(1), operations[operation]?.v2?.sdkMethod];
  return methods.some((method) => method !== undefined && new RegExp(`\\.${method}\\s*\\(`).test(node.getText()));
}

/** `Capture` is a word of other things too; `GetCaptureDetails` is not. */
const isUnmistakable = (text: string, names: Vocabulary): boolean =>
  names[text] !== undefined && /[a-z][A-Z]/.test(text);

/** A name of an operation in a table, a list, a constant or an argument: somewhere it becomes the Action of a request. */
function fromName(node: ts.Node, names: Vocabulary): ActionUse | undefined {
  if (!ts.isStringLiteralLike(node) || names[node.text] === undefined) return undefined;
  const { parent } = node;
  if (ts.isCallExpression(parent) && parent.arguments.some((each) => each !== node && callsClient(each, node.text)))
    return undefined;
  // What an earlier run wrote.
  if (ts.isCallExpression(parent) && /\bidempotencyKey$/.test(parent.expression.getText())) return undefined;
  const siblings = ts.isPropertyAssignment(parent)
    ? parent.parent.properties.flatMap((one) => (ts.isPropertyAssignment(one) ? [one.initializer] : []))
    : ts.isArrayLiteralExpression(parent)
      ? parent.elements
      : [];
  const isListed = siblings.some((one) => ts.isStringLiteralLike(one) && isUnmistakable(one.text, names));
  return isUnmistakable(node.text, names) || isListed ? { node, operation: node.text } : undefined;
}

/** A place that one of the uses speaks of already; what stands in a function inside, such as a callback, is another one. */
function isCovered(node: ts.Node, found: ReadonlySet<ts.Node>): boolean {
  for (let current = node; !ts.isSourceFile(current); current = current.parent) {
    if (found.has(current)) return true;
    if (ts.isFunctionLike(current)) return false;
  }
  return false;
}

/**
 * Every place of a file that names or computes an operation for a request, with the calls that are known already.
 *
 * @param speaks whether the file speaks to MWS itself. If not, it may call a function that does: then only names that
 *   cannot mean anything else count.
 */
export function findActions(
  source: ts.SourceFile,
  speaks: boolean,
  calls: readonly ActionUse[],
  names: Vocabulary,
): ActionUse[] {
  const uses = collect(source, calls, (node) => {
    if (!speaks) return fromCall(node, names);
    const value = valueAt(node);
    return value === undefined ? (fromCall(node, names) ?? fromText(node, names)) : useOf(node, value, names);
  });
  return collect(source, uses, (node) => fromName(node, names));
}

/** The calls that name an operation together with one of its parameters, which nothing else does. */
export const findRequestCalls = (source: ts.SourceFile, names: Vocabulary): ActionUse[] =>
  collect(source, [], (node) => fromCall(node, names));

function collect(
  source: ts.SourceFile,
  known: readonly ActionUse[],
  read: (node: ts.Node) => ActionUse | undefined,
): ActionUse[] {
  const found = [...known];
  const nodes = new Set(known.map(({ node }) => node));
  const visit = (node: ts.Node): void => {
    const use = read(node);
    if (use !== undefined && !isCovered(node, nodes)) {
      found.push(use);
      nodes.add(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
