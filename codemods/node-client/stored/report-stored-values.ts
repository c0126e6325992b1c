import { ts } from 'ts-morph';
import type { ValueTable } from '../../../src/catalog/types';
import { COLUMN } from './state-column';
import { type FileContext, unwrap, walk } from '../context';
import { wordsBehind } from './asked-columns';
import { literalText } from '../values/literal-text';
import { OF_PAYMENTS, reportQuery } from './report-stored-queries';
import { isAskedByHand, isOnlyLegacy, type StoredStates } from './stored-states';

const EQUALITY = /^[!=]==?$/;

/** What tests the value, when it tests it for a word of legacy. */
export function testOf(
  context: FileContext,
  node: ts.Expression,
  isWord: (word: string) => boolean,
): ts.Node | undefined {
  const { parent } = node;
  if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent)) return testOf(context, parent, isWord);
  const isLegacyWord = (other: ts.Expression): boolean => {
    const text = literalText(context.checker, other);
    return text !== undefined && isWord(text);
  };
  if (ts.isBinaryExpression(parent) && EQUALITY.test(parent.operatorToken.getText()))
    return isLegacyWord(parent.left === node ? parent.right : parent.left) ? parent : undefined;
  if (ts.isSwitchStatement(parent) && parent.expression === node)
    return parent.caseBlock.clauses.some((clause) => ts.isCaseClause(clause) && isLegacyWord(clause.expression))
      ? parent
      : undefined;
  if (ts.isElementAccessExpression(parent) && parent.argumentExpression === node) return parent;
  const isLookedUp =
    ts.isCallExpression(parent) &&
    parent.arguments[0] === node &&
    ts.isPropertyAccessExpression(parent.expression) &&
    /^(?:includes|indexOf|has)$/.test(parent.expression.name.text);
  return isLookedUp ? parent : undefined;
}

/** `TABLE[state]`, `LIST.includes(state)` where the words have been written for v2: those of legacy are gone. */
function isForV2({ checker }: FileContext, test: ts.Node, isLegacy: (word: string) => boolean): boolean {
  const list = ts.isElementAccessExpression(test)
    ? test.expression
    : ts.isCallExpression(test) && ts.isPropertyAccessExpression(test.expression)
      ? test.expression.expression
      : undefined;
  if (list === undefined) return false;
  const words = ts.isElementAccessExpression(test) ? keysOf(checker, list) : wordsBehind(checker, list);
  return words.length > 0 && !words.some(isLegacy);
}

const keysOf = (checker: ts.TypeChecker, table: ts.Expression): string[] =>
  checker
    .getTypeAtLocation(table)
    .getProperties()
    .flatMap(({ name, valueDeclaration }) =>
      valueDeclaration !== undefined && ts.isPropertyAssignment(valueDeclaration) ? [name] : [],
    );

/** An earlier run found the same test where a type still told of the state. */
function isSaidBefore(context: FileContext, tested: ts.Expression): boolean {
  const comment = context.commentAbove(tested);
  return comment.includes('TODO(amazon-pay-v2) node-client/state-comparison') && comment.includes(context.text(tested));
}

/** `state: { type: String, enum: ['Pending', 'Open', 'Closed'] }`: the list of what may be stored under the name. */
function listsLegacy(node: ts.Node, table: ValueTable): boolean {
  const words: string[] = [];
  walk(node, (each) => {
    if (ts.isStringLiteralLike(each)) words.push(each.text);
  });
  return words.filter((word) => isOnlyLegacy(table, word)).length >= 2;
}

/** The schema of a database or of a validator, and the type of a field, know what may be stored under a name. */
function schemaOf(node: ts.Node): { readonly name: string; readonly list: ts.Node } | undefined {
  if (ts.isPropertySignature(node) || ts.isPropertyDeclaration(node))
    return node.type !== undefined && ts.isUnionTypeNode(node.type)
      ? { name: node.name.getText(), list: node.type }
      : undefined;
  if (!ts.isPropertyAssignment(node)) return undefined;
  const { initializer } = node;
  const isSchema = ts.isObjectLiteralExpression(initializer) || ts.isCallExpression(initializer);
  return isSchema ? { name: node.name.getText().replace(/['"]/g, ''), list: initializer } : undefined;
}

function reportSchema(context: FileContext, states: StoredStates, node: ts.Node): void {
  const schema = schemaOf(node);
  const stored = schema === undefined ? undefined : states.get(schema.name);
  if (schema === undefined || stored === undefined || !listsLegacy(schema.list, stored.table)) return;
  const { table, paths } = stored;
  // Once the calls are rewritten nothing tells what is stored, so the place is marked.
  const begins = `${schema.name} may hold words of legacy only, and `;
  const place = {
    rule: 'node-client/state-comparison',
    confidence: 'medium',
    legacy: { name: table.name },
    replacement: { name: `statusDetails.${table.field}` },
    message: `${begins}${paths[0] ?? ''} keeps states of Amazon Pay under that name, from now on those of v2: what refuses an unknown word loses the payment after the money has moved. Add the words of v2, and keep those of legacy for what is stored.`,
  } as const;
  context.leaveOpen(node, place, { begins });
}

/**
 * `charge.statusDetails.state`, and `status.state` where `status` was taken from there, is the state of an object of v2,
 * whose tests are rewritten: nobody stored it under that name.
 */
function isOfV2Object(context: FileContext, { expression }: ts.PropertyAccessExpression): boolean {
  const object = unwrap(expression);
  if (ts.isPropertyAccessExpression(object)) return object.name.text === 'statusDetails';
  const declared = ts.isIdentifier(object) ? context.checker.getSymbolAtLocation(object)?.valueDeclaration : undefined;
  if (declared === undefined) return false;
  if (ts.isBindingElement(declared)) return (declared.propertyName ?? declared.name).getText() === 'statusDetails';
  return ts.isVariableDeclaration(declared) && /\.statusDetails[\s)!;]*$/.test(declared.initializer?.getText() ?? '');
}

/** `const { state } = await capture(id)` with a function of the project that has put a state of legacy under the name. */
function holdsLegacy(context: FileContext, read: StateRead, name: string): boolean {
  const object = ts.isPropertyAccessExpression(read) ? read.expression : read.parent;
  const declared = context.checker.getTypeAtLocation(object).getProperty(name)?.valueDeclaration;
  return declared !== undefined && ts.isPropertyAssignment(declared) && isAskedByHand(context, declared.initializer);
}

/** `params.get('state')`: what a page was told in its URL. */
function askedByName(node: ts.Node): string | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  const [name] = node.arguments;
  const isGet = node.expression.name.text === 'get' && node.arguments.length === 1;
  return isGet && name !== undefined && ts.isStringLiteralLike(name) ? name.text : undefined;
}

type StateRead = ts.PropertyAccessExpression | ts.BindingElement | ts.CallExpression;

/** The name under which a state is read, and what reads it. */
function readAt(node: ts.Node): { readonly read: StateRead; readonly name: string } | undefined {
  if (ts.isPropertyAccessExpression(node)) return { read: node, name: node.name.text };
  if (ts.isBindingElement(node)) return { read: node, name: (node.propertyName ?? node.name).getText() };
  const name = askedByName(node);
  return name === undefined ? undefined : { read: node as ts.CallExpression, name };
}

/** What a page is about whose server answers with the state of a payment. */
const OF_ORDERS = /pay|checkout|order|thank/i;

/** What is read from a row, or from an answer, with the state of something else is many a time called `state`. */
function isOfPayments(node: ts.Node, name: string): boolean {
  const statement = ts.findAncestor(node, ts.isStatement)?.getText() ?? '';
  if (COLUMN.test(name) || OF_PAYMENTS.test(statement)) return true;
  return /\.json\(\)/.test(statement) && OF_ORDERS.test(node.getSourceFile().text);
}

/** Where a stored state is tested: at once, or by the name that it got, `const before = row.capture_state`. */
function testedOf(
  context: FileContext,
  { read: node, name: column }: { readonly read: StateRead; readonly name: string },
  isWord: (word: string) => boolean,
): ts.Expression[] {
  if (!ts.isBindingElement(node) && testOf(context, node, isWord) !== undefined) return [node];
  const declared = ts.isBindingElement(node) ? node : node.parent;
  if (!ts.isBindingElement(declared) && !ts.isVariableDeclaration(declared)) return [];
  const { name } = declared;
  if (!ts.isIdentifier(name) || !isOfPayments(declared, ts.isBindingElement(node) ? name.text : column)) return [];
  const symbol = context.checker.getSymbolAtLocation(name);
  const found: ts.Expression[] = [];
  walk(context.file.source, (each) => {
    if (!ts.isIdentifier(each) || each.text !== name.text || each === name) return;
    const isSame = context.checker.getSymbolAtLocation(each) === symbol;
    if (isSame && testOf(context, each, isWord) !== undefined) found.push(each);
  });
  return found;
}

/**
 * Lists tests of states that the project keeps under a name of its own, and the schemas that say what may be kept. From now
 * on it keeps words of v2; what was stored before holds those of legacy, so a test has to know both, which only the merchant
 * can write.
 */
export function reportStoredValues(context: FileContext, states: StoredStates): void {
  if (states.size === 0) return;
  walk(context.file.source, (node) => {
    reportSchema(context, states, node);
    reportQuery(context, states, node);
    const asked = readAt(node);
    const stored = asked === undefined ? undefined : states.get(asked.name);
    if (asked === undefined || stored === undefined || context.typeOf(node) !== undefined) return;
    if (ts.isPropertyAccessExpression(node) && isOfV2Object(context, node)) return;
    if (holdsLegacy(context, asked.read, asked.name)) return;
    const { name } = asked;
    const { table, paths } = stored;
    const isHere = paths.includes(context.file.unit.path);
    const isWord = (word: string): boolean => (isHere ? table.values[word] !== undefined : isOnlyLegacy(table, word));
    const where = isHere ? 'this file' : (paths[0] ?? '');
    for (const tested of testedOf(context, asked, isWord)) {
      const test = testOf(context, tested, isWord);
      if (
        isSaidBefore(context, tested) ||
        (test !== undefined && isForV2(context, test, (word) => isOnlyLegacy(table, word)))
      )
        continue;
      const begins = `${context.text(tested)} is tested here, and `;
      const under = context.text(tested).endsWith(name) ? 'that name' : name;
      const place = {
        rule: 'node-client/state-comparison',
        legacy: { name: table.name },
        replacement: { name: `statusDetails.${table.field}` },
        confidence: isHere ? 'medium' : 'low',
        message: `${begins}${where} keeps states of Amazon Pay under ${under}: those of v2 from now on, those of legacy in what was stored before; test for both.`,
      } as const;
      context.leaveOpen(tested, place, { begins });
    }
  });
}
