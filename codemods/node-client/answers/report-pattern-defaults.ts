import { ts } from 'ts-morph';
import type { ElementField } from '../../../src/catalog/types';
import { type FileContext, unwrap } from '../context';
import { literalText } from '../values/literal-text';
import { tableOf, testFor } from '../values/value-tests';
import { isNothing } from '../../typed-program/nodes';

/** What a legacy word that stands as the default is called in v2. Undefined: the default is no legacy word. */
function legacyWord(context: FileContext, field: ElementField, value: ts.Expression): string | undefined {
  const table = field.values === undefined ? undefined : tableOf(field.values);
  const word = literalText(context.checker, value);
  if (table === undefined || word === undefined) return undefined;
  const test = testFor(table, word);
  if (test.kind === 'unknown') return undefined;
  if (test.kind === 'none') return `'${word}' is a legacy word that v2 does not have`;
  const isSame = test.kind === 'same-field' && test.values.length === 1 && test.values[0] === word;
  return isSame
    ? undefined
    : `'${word}' is a legacy word (in v2 the ${test.mapping.field} ${test.values.join(' or ')})`;
}

/** The object is always there in v2, so `= {}` is never taken. */
const isIdle = (field: ElementField, value: ts.Expression): boolean =>
  field.element !== undefined &&
  field.nullable !== true &&
  ts.isObjectLiteralExpression(value) &&
  value.properties.length === 0;

/** What is wrong with a default in v2. Undefined: nothing. */
function wrongWith(context: FileContext, field: ElementField, value: ts.Expression): string | undefined {
  if (isIdle(field, value) || isNothing(value)) return undefined;
  const word = legacyWord(context, field, value);
  if (field.to === 'state') {
    // Every status has a state (facts: captures.md, statusDetails): only the words of the default can be wrong.
    const isSeen = literalText(context.checker, value) !== undefined;
    return word ?? (isSeen ? undefined : `${context.text(value)} may hold a legacy word`);
  }
  const because = 'v2 answers null where legacy left the field out, and a default is not taken for null';
  return word === undefined ? because : `${word}; ${because}`;
}

/**
 * `const { ReasonCode = 'none' } = details.AuthorizationStatus`: legacy leaves out what it has nothing of, v2 says null
 * (facts: captures.md, statusDetails), and a default is not taken for null.
 */
export function reportPatternDefault(
  context: FileContext,
  legacy: string,
  field: ElementField,
  node: ts.BindingElement,
): void {
  // A type that was carried here stands around the default.
  const value = node.initializer === undefined ? undefined : unwrap(node.initializer);
  const wrong = value === undefined ? undefined : wrongWith(context, field, value);
  if (wrong === undefined) return;
  context.leaveOpen(node, {
    rule: field.values === undefined ? 'node-client/result-read' : 'node-client/state-comparison',
    legacy: { name: legacy },
    replacement: { name: field.to ?? '' },
    message: `${context.text(node)} has a default: ${wrong}. Read the field without it, and write ?? with a v2 value behind the read.`,
  });
}
