import { ts } from 'ts-morph';
import type { ValueTable } from '../../src/catalog/types';
import { type FileContext, unwrap, walk } from './context';
import { storedIn } from './kept-calls';
import type { EmittedAnswers } from './emitted-answers';
import { literalText } from './literal-text';
import { UntypedAnswers } from './untyped-answers';
import { ANSWERS_ELSEWHERE } from './untyped-shapes';
import { tableOf } from './value-tests';
import { askedOf, COLUMN, wordsBehind } from './asked-columns';

const isState = (table: string): boolean => table !== 'errorCode' && table !== 'softDecline';

const stateTableOf = (context: FileContext, node: ts.Expression): ValueTable | undefined => {
  const type = context.typeOf(unwrap(node));
  return type?.kind === 'value' && isState(type.table) ? tableOf(type.table) : undefined;
};

/** A file that may hold a state by its shape alone, in an answer of which no type tells. */
const mayHoldUntyped = ({ file }: FileContext): boolean =>
  /(?:Authorization|Capture|Refund|OrderReference|BillingAgreement)Status/.test(file.unit.text) &&
  !ANSWERS_ELSEWHERE.test(file.unit.text);

/** `order.state = details.AuthorizationStatus.State` and `{ state: … }`: the names under which states are kept. */
function storedUnder(context: FileContext, emitted: EmittedAnswers): Map<string, ValueTable> {
  const names = new Map<string, ValueTable>();
  const answers = mayHoldUntyped(context) ? new UntypedAnswers(context, emitted) : undefined;
  walk(context.file.source, (node) => {
    const stored = storedIn(node);
    if (stored === undefined) return;
    const held = answers?.heldBy(stored.value);
    const byShape = held?.kind === 'values' && isState(held.table) ? tableOf(held.table) : undefined;
    const table = stateTableOf(context, stored.value) ?? byShape;
    if (table !== undefined) names.set(stored.name, table);
  });
  return names;
}

/** A name, the states that are kept under it, and the files that keep them. */
interface StoredState {
  readonly table: ValueTable;
  readonly paths: readonly string[];
}

export type StoredStates = ReadonlyMap<string, StoredState>;

/** The names under which code of these files keeps states of calls that are v2 from now on. */
export function storedStates(contexts: readonly FileContext[], emitted: EmittedAnswers): StoredStates {
  const names = new Map<string, StoredState>();
  for (const context of contexts)
    for (const [name, table] of storedUnder(context, emitted)) {
      const before = names.get(name);
      // States of payments and of refunds may be kept under one name.
      const values = { ...before?.table.values, ...table.values };
      names.set(name, { table: { ...table, values }, paths: [...(before?.paths ?? []), context.file.unit.path] });
    }
  return names;
}

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

/** `'Open'` is a word of legacy that v2 does not have; `'Declined'` is one of both. */
export const isOnlyLegacy = ({ values }: ValueTable, word: string): boolean => {
  const mapping = values[word];
  return mapping !== undefined && !mapping.anyOf.includes(word);
};

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

const QUERY = /^(?:(?:and|or)?where\w*|find\w*|count\w*|update\w*|delete\w*|exists|distinct|match|having)$/i;
const OF_PAYMENTS = /amazon|amz|mws|payment|captur|refund|authori[sz]ation|agreement|subscription|order/i;

/** `.where('state', 'Pending')`, `find({ state: 'Open' })`, `':s': 'Open'` */
function isQuery(node: ts.Node): boolean {
  if (ts.isPropertyAssignment(node) && node.name.getText().startsWith("':")) return true;
  const call = ts.isPropertyAssignment(node) ? ts.findAncestor(node, ts.isCallExpression) : node;
  return (
    call !== undefined &&
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    QUERY.test(call.expression.name.text)
  );
}

/** Lists queries for states under a name that the project keeps them under: none of the rows written from now on is found. */
function reportQuery(context: FileContext, states: StoredStates, node: ts.Node): void {
  const asked = askedOf(node);
  // `find({ 'amazon.state': 'Open' })`: kept under the last part of the path.
  const stored = asked === undefined ? undefined : states.get(asked.name.replace(/^.*\./, ''));
  if (asked === undefined || stored === undefined || !isQuery(node)) return;
  const named = ts.isCallExpression(node) ? node.arguments.filter(ts.isIdentifier) : [];
  const asks = [...asked.words, ...named.flatMap((list) => wordsBehind(context.checker, list))];
  const words = asks.filter((word) => isOnlyLegacy(stored.table, word));
  const statement = ts.findAncestor(node, ts.isStatement)?.getText() ?? '';
  // `state` is the name of many a column.
  if (words.length === 0 || !(COLUMN.test(asked.name) || OF_PAYMENTS.test(statement))) return;
  const begins = `${asked.name} is looked for or set as ${words.join(', ')} here, and `;
  const place = {
    rule: 'node-client/state-comparison',
    confidence: 'low',
    legacy: { name: stored.table.name },
    replacement: { name: `statusDetails.${stored.table.field}` },
    message: `${begins}${stored.paths[0] ?? ''} keeps states of Amazon Pay under that name: those of v2 from now on, those of legacy in what was stored before; know both.`,
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
    if (!ts.isPropertyAccessExpression(node) || context.typeOf(node) !== undefined || isOfV2Object(context, node))
      return;
    const stored = states.get(node.name.text);
    if (stored === undefined) return;
    const { table, paths } = stored;
    const isHere = paths.includes(context.file.unit.path);
    const isWord = (word: string): boolean => (isHere ? table.values[word] !== undefined : isOnlyLegacy(table, word));
    if (testOf(context, node, isWord) === undefined) return;
    const about = {
      rule: 'node-client/state-comparison',
      legacy: { name: table.name },
      replacement: { name: `statusDetails.${table.field}` },
    };
    const where = isHere ? 'this file' : (paths[0] ?? '');
    const begins = `${context.text(node)} is tested here, and `;
    const place = {
      ...about,
      confidence: isHere ? 'medium' : 'low',
      message: `${begins}${where} keeps states of Amazon Pay under that name: those of v2 from now on, those of legacy in what was stored before; test for both.`,
    } as const;
    context.leaveOpen(node, place, { begins });
  });
}
