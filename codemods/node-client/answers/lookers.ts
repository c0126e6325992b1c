import { ts } from 'ts-morph';
import { elements } from '../../../src/catalog';

/** What looks whether something is there, or of what kind it is, and keeps nothing of it. `_.isEqual` looks at what is in it. */
const LOOKS =
  /^(?:Array\.isArray|Boolean|isNaN|Number\.is\w+|util\.(?:types\.)?is(?!Deep)\w+|(?:(?:_|lodash)\.)?is(?:Array|ArrayLike|Date|Empty|Error|Function|NaN|Nil|Null|Number|Object|ObjectLike|PlainObject|String|Undefined))$/;
/** Counts are looked at as well: `Object.keys(answer).length`. */
const LISTS = /^Object\.(?:keys|values|entries|getOwnPropertyNames)$/;
/** The words of tests. */
const ASSERTS = /^(?:(?:chai\.)?expect|(?:chai\.)?assert|[\w$.]*\bassert\.\w+)$/;

const LEGACY_NAMES = new RegExp(
  `\\b(?:${[...new Set(Object.entries(elements).flatMap(([name, { fields }]) => [name, ...Object.keys(fields)]))].join('|')})\\b`,
);

/** `expect(answer).not.toBeNull()` */
function chainOf(call: ts.Node): ts.Node {
  const { parent } = call;
  const isBase = (ts.isPropertyAccessExpression(parent) || ts.isCallExpression(parent)) && parent.expression === call;
  return isBase ? chainOf(parent) : call;
}

/** The assertion names a field of legacy, besides in what it is given: it fails with the object of v2. */
function namesFields(call: ts.CallExpression | ts.NewExpression, given: ts.Node): boolean {
  const text = chainOf(call).getText().replace(given.getText(), '');
  return LEGACY_NAMES.test(text);
}

/** `.then(Boolean)`: the function only looks whether something is there, or of what kind it is. */
export const isLook = (callee: string): boolean => LOOKS.test(callee);

/** The call only looks at an answer: nothing in it, and nobody behind it, reads a field. */
export function merelyLooks(call: ts.CallExpression | ts.NewExpression, given: ts.Node): boolean {
  const callee = call.expression.getText();
  if (isLook(callee)) return true;
  const { parent } = call;
  if (LISTS.test(callee)) return ts.isPropertyAccessExpression(parent) && parent.name.text === 'length';
  return ASSERTS.test(callee) && !namesFields(call, given);
}
