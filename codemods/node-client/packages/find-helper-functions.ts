import { ts } from 'ts-morph';
import { HELPER } from '../../emitted-helper/emitted-files';
import { walk } from '../context';

/** It names the emitted helper. */
export const isHelperSpecifier = (specifier: ts.Node | undefined): boolean =>
  specifier !== undefined &&
  ts.isStringLiteralLike(specifier) &&
  new RegExp(`^[./].*\\b${HELPER}(?:\\.[cm]?js)?$`).test(specifier.text);

type Named = ts.ImportSpecifier | ts.BindingElement | ts.PropertyAccessExpression;

/** `import { capture } from './amazon-pay-v2'`, `const { capture } = require('./amazon-pay-v2')`, `require('./amazon-pay-v2').capture`; null: no list of names. */
function namesOf(node: ts.Node): readonly Named[] | null | undefined {
  if (ts.isImportDeclaration(node) && isHelperSpecifier(node.moduleSpecifier)) {
    const bindings = node.importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : null;
  }
  if (!ts.isCallExpression(node) || !isHelperSpecifier(node.arguments[0])) return undefined;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return [parent];
  return ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name) ? parent.name.elements : null;
}

const nameOf = (named: Named): ts.Node =>
  ts.isPropertyAccessExpression(named) ? named.name : (named.propertyName ?? named.name);

/** The functions of the emitted helper that a file loads, since an earlier run; null where it loads the whole of it. */
export function findHelperFunctions(source: ts.SourceFile): ReadonlySet<string> | null {
  const found = new Set<string>();
  if (!source.text.includes(HELPER)) return found;
  let isWhole = false;
  walk(source, (node) => {
    const names = namesOf(node);
    if (names === null) isWhole = true;
    for (const each of names ?? []) found.add(nameOf(each).getText());
  });
  return isWhole ? null : found;
}
