import { ts } from 'ts-morph';
import { HELPER } from '../emitted-helper/emitted-files';
import { walk } from './context';

/** It names the emitted helper. */
export const isHelperSpecifier = (specifier: ts.Node | undefined): boolean =>
  specifier !== undefined &&
  ts.isStringLiteralLike(specifier) &&
  new RegExp(`^[./].*\\b${HELPER}(?:\\.[cm]?js)?$`).test(specifier.text);

type Named = ts.ImportSpecifier | ts.BindingElement;

/** `import { capture } from './amazon-pay-v2'`, `const { capture } = require('./amazon-pay-v2')`; null: no list of names. */
function namesOf(node: ts.Node): readonly Named[] | null | undefined {
  if (ts.isImportDeclaration(node) && isHelperSpecifier(node.moduleSpecifier)) {
    const bindings = node.importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : null;
  }
  if (!ts.isCallExpression(node) || !isHelperSpecifier(node.arguments[0])) return undefined;
  const { parent } = node;
  return ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name) ? parent.name.elements : null;
}

/** The functions of the emitted helper that a file loads, since an earlier run; null where it loads the whole of it. */
export function findHelperFunctions(source: ts.SourceFile): ReadonlySet<string> | null {
  const found = new Set<string>();
  if (!source.text.includes(HELPER)) return found;
  let isWhole = false;
  walk(source, (node) => {
    const names = namesOf(node);
    if (names === null) isWhole = true;
    for (const each of names ?? []) found.add((each.propertyName ?? each.name).getText());
  });
  return isWhole ? null : found;
}
