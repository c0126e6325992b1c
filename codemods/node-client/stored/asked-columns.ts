import { ts } from 'ts-morph';
import { onlyLegacyReasons } from '../../../src/catalog';
import { accessedName, isAccess, writtenName } from '../../rewriting/access';
import { isOnlyLegacyWord } from '../values/state-words';
import { EQUALITY } from '../values/value-places';
import { COLUMN } from './state-column';

/** Reasons that nobody but legacy Amazon Pay gives: others call something expired, or closed by the seller, as well. */
export const REASONS = new RegExp(
  `\\b(?:${onlyLegacyReasons.filter((reason) => /^(?:Max|OrderReference|StopShipment)/.test(reason)).join('|')})\\b`,
);

/** `authorization_state = 'Open'`, `capture_state IN ('Pending', 'Completed')` in the text of a query. */
const IN_QUERY = /\b((?:\w+\.)?["`]?\w+["`]?)\s*(?:=|<>|!=|\bnot\s+in\b\s*\(|\bin\b\s*\()\s*((?:'\w+'\s*,?\s*)+)/gi;

const wordsIn = (node: ts.Node): string[] => {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(wordsIn);
  return ts.isObjectLiteralExpression(node)
    ? node.properties.flatMap((each) => (ts.isPropertyAssignment(each) ? wordsIn(each.initializer) : []))
    : [];
};

/** The words of a list that has a name: `FINAL`, for which `const FINAL = ['Completed', 'Declined']` stands somewhere. */
export function wordsBehind(checker: ts.TypeChecker, node: ts.Node): string[] {
  if (!ts.isIdentifier(node)) return wordsIn(node);
  const declared = checker.getSymbolAtLocation(node)?.valueDeclaration;
  const value = declared !== undefined && ts.isVariableDeclaration(declared) ? declared.initializer : undefined;
  const list = value !== undefined && ts.isNewExpression(value) ? value.arguments?.[0] : value;
  return list === undefined ? [] : wordsIn(list);
}

/**
 * `':s': 'Open'` under `ExpressionAttributeValues` of DynamoDB: an expression of the same request says which attribute it is
 * for, and `ExpressionAttributeNames` what is behind a `#name`.
 */
function attributeOf(node: ts.PropertyAssignment): string | undefined {
  const values = node.parent.parent;
  const placeholder = writtenName(node.name) ?? '';
  if (!ts.isPropertyAssignment(values) || !/ExpressionAttributeValues['"]?$/.test(values.name.getText()))
    return undefined;
  if (!/^:\w+$/.test(placeholder)) return undefined;
  const request = values.parent.getText();
  const asked = new RegExp(`([#\\w.]+)\\s*(?:=|<>|\\bin\\s*\\([^)]*?)\\s*${placeholder}\\b`, 'i').exec(request)?.[1];
  if (asked?.startsWith('#') !== true) return asked;
  return new RegExp(`['"]${asked}['"]\\s*:\\s*['"]([\\w.]+)['"]`).exec(request)?.[1];
}

/** What is asked of a column, and the words it is asked for. */
export interface Asked {
  readonly name: string;
  readonly words: readonly string[];
}

/** Every column that the text of a query names together with words. */
export const askedColumns = (text: string): Asked[] =>
  [...text.matchAll(IN_QUERY)].map(([, column = '', list = '']) => ({
    name: column.replace(/["`]/g, ''),
    words: [...list.matchAll(/\w+/g)].map(([word]) => word),
  }));

export function askedOf(node: ts.Node): Asked | undefined {
  if (ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind)) {
    const [column, word] = ts.isStringLiteralLike(node.left) ? [node.right, node.left] : [node.left, node.right];
    if (!isAccess(column) || !ts.isStringLiteralLike(word)) return undefined;
    const name = accessedName(column);
    return name === undefined ? undefined : { name, words: [word.text] };
  }
  if (ts.isPropertyAssignment(node)) {
    const name = attributeOf(node) ?? writtenName(node.name);
    return name === undefined ? undefined : { name, words: wordsIn(node.initializer) };
  }
  if (ts.isCallExpression(node)) {
    const [column, ...rest] = node.arguments;
    const name = column !== undefined && ts.isStringLiteralLike(column) ? column.text : undefined;
    return name === undefined ? undefined : { name, words: rest.flatMap(wordsIn) };
  }
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return undefined;
  const text = node.getText();
  const known = askedColumns(text).find(({ name, words }) => COLUMN.test(name) && words.some(isOnlyLegacyWord));
  if (known !== undefined) return known;
  const reason = /\s/.test(text) && /\b(?:select|update|where)\b/i.test(text) ? REASONS.exec(text)?.[0] : undefined;
  return reason === undefined ? undefined : { name: 'amazon_status', words: [reason] };
}
