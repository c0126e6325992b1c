import { ts } from 'ts-morph';
import { escapePattern } from '../../../transforms/escape-pattern';
import { applyEdits } from '../../rewriting/apply-edits';
import type { FileContext } from '../context';

const UTIL = /^(?:node:)?util$/;
/** `require('util')`, `require('util').promisify` */
const REQUIRED = /^require\(\s*(['"])(?:node:)?util\1\s*\)(?:\.promisify)?$/;

/** What brings `promisify` in: the names that it binds, each with what is to be taken out when nothing reads it. */
interface Binding {
  readonly statement: ts.Statement;
  readonly names: readonly { readonly name: string; readonly element: ts.Node }[];
}

function bindingOf(statement: ts.Statement): Binding | undefined {
  if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
    const clause = statement.importClause;
    if (clause === undefined || !UTIL.test(statement.moduleSpecifier.text)) return undefined;
    const { name, namedBindings: bindings } = clause;
    if (bindings === undefined) return name && { statement, names: [{ name: name.text, element: name }] };
    if (name !== undefined) return undefined;
    return ts.isNamespaceImport(bindings)
      ? { statement, names: [{ name: bindings.name.text, element: bindings }] }
      : { statement, names: bindings.elements.map((element) => ({ name: element.name.text, element })) };
  }
  if (ts.isImportEqualsDeclaration(statement) && ts.isExternalModuleReference(statement.moduleReference)) {
    const { expression } = statement.moduleReference;
    return ts.isStringLiteral(expression) && UTIL.test(expression.text)
      ? { statement, names: [{ name: statement.name.text, element: statement.name }] }
      : undefined;
  }
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return undefined;
  const [declaration] = statement.declarationList.declarations;
  if (declaration?.initializer === undefined || !REQUIRED.test(declaration.initializer.getText())) return undefined;
  const { name } = declaration;
  if (ts.isIdentifier(name)) return { statement, names: [{ name: name.text, element: name }] };
  const elements = ts.isObjectBindingPattern(name) ? name.elements : [];
  return { statement, names: elements.map((element) => ({ name: element.name.getText(), element })) };
}

const countOf = (text: string, name: string): number =>
  [...text.matchAll(new RegExp(`(?<![\\w$])${escapePattern(name)}(?![\\w$])`, 'g'))].length;

/** `{ inspect, promisify }` without one of its names. */
function without(context: FileContext, list: ts.Node, elements: readonly ts.Node[], gone: ReadonlySet<ts.Node>): void {
  const kept = elements.filter((element) => !gone.has(element)).map((element) => context.rewriter.original(element));
  context.rewriter.replace(list, () => `{ ${kept.join(', ')} }`);
}

/** What is written behind the last import takes its place. */
function removeImport({ rewriter }: FileContext, statement: ts.Statement): void {
  const behind = rewriter.takeInsertions(rewriter.end(statement));
  if (behind === '') rewriter.remove(statement);
  else rewriter.replace(statement, () => behind.replace(/^\r?\n/, ''));
}

/**
 * Takes `promisify` out of the imports where the rewritten calls were all that used it: a compiler or linter that looks for
 * unused names refused the migrated file. Runs when everything else of the file is written, and reads the outcome.
 */
export function dropUnusedPromisify(context: FileContext): void {
  const { rewriter, file } = context;
  if (!rewriter.hasChanges || !/\butil\b/.test(file.unit.text)) return;
  const bindings = file.source.statements.flatMap((statement) => bindingOf(statement) ?? []);
  if (bindings.length === 0) return;
  const outcome = applyEdits(file.unit.text, rewriter.edits());
  for (const { statement, names } of bindings) {
    const isGone = ({ name }: { readonly name: string }): boolean =>
      countOf(file.unit.text, name) > countOf(outcome, name) &&
      countOf(outcome, name) === countOf(rewriter.original(statement), name);
    const gone = names.filter(isGone);
    if (gone.length === 0) continue;
    if (gone.length === names.length) removeImport(context, statement);
    else {
      const [first] = names;
      if (first !== undefined)
        without(
          context,
          first.element.parent,
          names.map(({ element }) => element),
          new Set(gone.map(({ element }) => element)),
        );
    }
  }
}
