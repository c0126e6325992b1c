import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import { mayReadDraft } from './consent-token';
import { type FileContext, unwrap, walk } from '../context';
import { literalText } from '../values/literal-text';
import { isAdaptable } from './decide';

/** A call of a function that is given the name of an operation: `call('capture', params)`. Offsets are those of the file as found. */
export interface NamedSite {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly calleeEnd: number;
  /** Which argument is the name. */
  readonly index: number;
  readonly method: string;
  readonly operation: string;
}

/** `client.offAmazonPayments[name]` in a function of which every call is known, with the name written out. */
export interface NamedTable {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly style: 'callback' | 'promise';
  readonly sites: readonly NamedSite[];
}

type Named = ts.SignatureDeclaration;

interface Candidate {
  readonly context: FileContext;
  readonly access: ts.ElementAccessExpression;
  readonly declaration: Named;
  readonly name: string;
  readonly index: number;
}

/** The name under which a function is called. */
function nameOf(node: Named): string | undefined {
  const { parent } = node;
  const own =
    node.name ?? (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) ? parent.name : undefined);
  if (own !== undefined) return ts.isIdentifier(own) ? own.text : undefined;
  const isSet = ts.isBinaryExpression(parent) && parent.right === node && ts.isPropertyAccessExpression(parent.left);
  return isSet ? (parent.left as ts.PropertyAccessExpression).name.text : undefined;
}

/** Behind a line without a semicolon, a table that starts a statement would be taken for arguments of what stands there. */
function mayContinueLine(context: FileContext, node: ts.Node): boolean {
  const statement = ts.findAncestor(node, ts.isExpressionStatement);
  if (statement === undefined || statement.getStart() !== node.getStart()) return false;
  const before = context.file.unit.text.slice(0, context.rewriter.start(statement));
  return !/(?:^|[;{}(:]|=>)\s*$/.test(before.replace(/\/\/[^\n]*$/, ''));
}

/** `name = name + 'Async'` */
function isChanged({ checker }: FileContext, parameter: ts.ParameterDeclaration): boolean {
  let changed = false;
  walk(parameter.parent, (node) => {
    changed ||=
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
      node.operatorToken.kind <= ts.SyntaxKind.LastAssignment &&
      checker.getSymbolAtLocation(node.left)?.valueDeclaration === parameter;
  });
  return changed;
}

function asCandidate(context: FileContext, node: ts.Node): Candidate | undefined {
  if (!ts.isElementAccessExpression(node) || context.typeAround(node.expression)?.kind !== 'offAmazonPayments')
    return undefined;
  const key = unwrap(node.argumentExpression);
  const parameter = ts.isIdentifier(key) ? context.checker.getSymbolAtLocation(key)?.valueDeclaration : undefined;
  if (parameter === undefined || !ts.isParameter(parameter) || mayContinueLine(context, node)) return undefined;
  if (parameter.initializer !== undefined || parameter.dotDotDotToken !== undefined) return undefined;
  if (isChanged(context, parameter)) return undefined;
  const declaration = parameter.parent;
  const name = nameOf(declaration);
  if (name === undefined) return undefined;
  return { context, access: node, declaration, name, index: declaration.parameters.indexOf(parameter) };
}

const methodName = (operation: string): string => operation.charAt(0).toLowerCase() + operation.slice(1);

/** The operation that a call names, when a function with the same parameters can stand for it. */
function namedAt(context: FileContext, argument: ts.Expression | undefined): string | undefined {
  const method = argument === undefined ? undefined : literalText(context.checker, argument);
  const operation = method === undefined ? '' : method.charAt(0).toUpperCase() + method.slice(1);
  if (operations[operation] === undefined || methodName(operation) !== method) return undefined;
  // What a token decides at run time is better seen by whoever writes the call out.
  return isAdaptable(operation, context.input) && !mayReadDraft(context.input, operation) ? operation : undefined;
}

/** `module.exports = { call }`, `exports.call = call`, `const { call } = require(…)`, `import { call }`, its own declaration. */
function isMereMention({ parent }: ts.Identifier): boolean {
  return (
    ts.isShorthandPropertyAssignment(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isBindingElement(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isExportSpecifier(parent) ||
    ts.isFunctionLike(parent) ||
    ts.isVariableDeclaration(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken)
  );
}

/** Every call of the function; undefined when one of them cannot be seen, or does not say the name. */
function sitesOf(contexts: readonly FileContext[], { declaration, name, index }: Candidate): NamedSite[] | undefined {
  const sites: NamedSite[] = [];
  let isKnown = true;
  for (const context of contexts)
    walk(context.file.source, (node) => {
      if (!ts.isIdentifier(node) || node.text !== name || !isKnown) return;
      const reference = ts.isPropertyAccessExpression(node.parent) && node.parent.name === node ? node.parent : node;
      const call =
        ts.isCallExpression(reference.parent) && reference.parent.expression === reference
          ? reference.parent
          : undefined;
      const isOwn = call !== undefined && context.checker.getResolvedSignature(call)?.getDeclaration() === declaration;
      const operation = call === undefined ? undefined : namedAt(context, call.arguments[index]);
      if (call !== undefined && isOwn) {
        isKnown = operation !== undefined && !call.arguments.some(ts.isSpreadElement);
        const { rewriter } = context;
        const place = { path: context.file.unit.path, start: rewriter.start(call), end: rewriter.end(call) };
        if (operation !== undefined)
          sites.push({
            ...place,
            calleeEnd: rewriter.end(call.expression),
            index,
            operation,
            method: methodName(operation),
          });
      } else if (reference === node) isKnown = isMereMention(node) || !isSame(context, node, declaration);
      // Of a member nobody may know whose it is: `amazon.call('capture')` with an `amazon` that was handed in.
      else
        isKnown =
          call === undefined
            ? !isSame(context, node, declaration) || isMereMention(node) || isExported(reference)
            : operation === undefined;
    });
  return isKnown && sites.length > 0 ? sites : undefined;
}

const isExported = ({ parent }: ts.Node): boolean =>
  ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;

function isSame({ checker }: FileContext, node: ts.Identifier, declaration: Named): boolean {
  const symbol = checker.getSymbolAtLocation(node);
  const target =
    symbol !== undefined && (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
  const { valueDeclaration } = target ?? {};
  return valueDeclaration === declaration || valueDeclaration === declaration.parent;
}

function styleOf(
  { checker }: FileContext,
  { expression }: ts.ElementAccessExpression,
): 'callback' | 'promise' | undefined {
  const member = checker.getTypeAtLocation(expression).getProperty('capture');
  const name = member === undefined ? undefined : checker.getTypeOfSymbol(member).getSymbol()?.name;
  return name === 'CallbackOperation' ? 'callback' : name === 'PromiseOperation' ? 'promise' : undefined;
}

/**
 * Finds functions that call whatever operation they are given the name of, and of which every call is seen and says the
 * name. In these the computed operation can be looked up among the v2 calls of just those names.
 */
export function findNamedTables(contexts: readonly FileContext[]): NamedTable[] {
  // Who loads what could not be read may call anything.
  if (contexts.some(({ input }) => (input.unread ?? []).length > 0)) return [];
  const candidates: Candidate[] = [];
  for (const context of contexts)
    walk(context.file.source, (node) => {
      const candidate = asCandidate(context, node);
      if (candidate !== undefined) candidates.push(candidate);
    });
  return candidates.flatMap((candidate): NamedTable[] => {
    const { context, access, declaration } = candidate;
    const isOnly = candidates.every((other) => other === candidate || other.declaration !== declaration);
    const style = isOnly ? styleOf(context, access) : undefined;
    const sites = style === undefined ? undefined : sitesOf(contexts, candidate);
    if (style === undefined || sites === undefined) return [];
    const { path } = context.file.unit;
    return [{ path, start: context.rewriter.start(access), end: context.rewriter.end(access), style, sites }];
  });
}
