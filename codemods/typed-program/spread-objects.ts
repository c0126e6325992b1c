import { ts } from 'ts-morph';
import { distinctTypes } from './brands';
import { legacyTypeText } from './legacy-type-text';
import type { Carried } from './promise-idioms';
import { renamedField } from './renamed-fields';

/** The names that an object gives besides what is spread into it. Undefined: one of them is not known. */
function namesIn(node: ts.ObjectLiteralExpression): string[] | undefined {
  const names: string[] = [];
  for (const { name } of node.properties.filter((each) => !ts.isSpreadAssignment(each))) {
    if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name))) return undefined;
    names.push(name.text);
  }
  return names;
}

/**
 * `{ ...data.RefundDetails, order: id }` has what the answer has, under the names that v2 gives it, and what is written beside.
 * Where one of these has the name of a field, who reads it reads the one or the other.
 */
export function carriedThroughSpread(checker: ts.TypeChecker, node: ts.Node): Carried | undefined {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const [spread, ...others] = node.properties.filter(ts.isSpreadAssignment);
  if (spread === undefined || others.length > 0) return undefined;
  const type = checker.getNonNullableType(checker.getTypeAtLocation(spread.expression));
  const [only, ...more] = distinctTypes(checker, type);
  const text = only?.kind === 'element' && more.length === 0 ? legacyTypeText(checker, type) : undefined;
  const names = namesIn(node);
  if (text === undefined || names === undefined || only?.kind !== 'element') return undefined;
  const beside = names.filter((name) => type.getProperty(name) === undefined);
  // `{ ...price, Amount: rest }`: what is written over a field takes its name of v2 (rewrite-fallback-objects.ts).
  const isOver = names.some((name) => !beside.includes(name) && renamedField(only.element, name) === undefined);
  if (isOver) return undefined;
  const own = beside.map((name) => `${JSON.stringify(name)}: any`).join('; ');
  return { kind: 'around', node, text: own === '' ? text : `${text} & { ${own} }` };
}
