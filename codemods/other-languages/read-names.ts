import type { ForeignLanguage } from '../../src/catalog/languages';
import type { SourceUnit } from '../codemod';
import type { FileNames, Scope, Span } from './names';
import type { Syntax } from './syntax';

/** How the syntax of a language says what is called, made, typed and assigned. */
export interface NameReader {
  /** Notes what a node says. Answers with the scope of what stands inside, where that is another one. */
  read(node: Syntax, scope: Scope, file: FileNames, parent: Syntax | undefined): Scope | undefined;
}

let nextScope = 1;

export const scopeWithin = (
  outer: Scope,
  own: { readonly className?: string; readonly functionName?: string },
): Scope => ({
  id: nextScope++,
  outer,
  className: own.className ?? outer.className,
  functionName: own.functionName,
});

/** Goes through a tree once. */
export function readNames(unit: SourceUnit, language: ForeignLanguage, tree: Syntax, reader: NameReader): FileNames {
  const root: Scope = { id: nextScope++, outer: undefined, className: undefined, functionName: undefined };
  const file: FileNames = {
    unit,
    language,
    root,
    aside: [],
    imports: [],
    shared: [],
    namespaces: [],
    classes: [],
    functions: [],
    typed: [],
    assigned: [],
    returned: [],
    calls: [],
    taken: [],
    made: [],
    mentioned: [],
    texts: [],
    written: [],
    reads: [],
  };
  const visit = (node: Syntax, scope: Scope, parent: Syntax | undefined): void => {
    if (node.kind === 'text' || node.kind.endsWith('comment')) file.aside.push(node);
    const inner = reader.read(node, scope, file, parent) ?? scope;
    for (const child of node.children) visit(child, inner, node);
  };
  visit(tree, root, undefined);
  return {
    ...file,
    aside: file.aside.map(spanOf),
    imports: file.imports.map(withSpan),
    classes: file.classes.map(withSpan),
    calls: file.calls.map((call) => ({ ...withSpan(call), argumentNodes: call.argumentNodes.map(spanOf) })),
    taken: file.taken.map(withSpan),
    made: file.made.map(withSpan),
    mentioned: file.mentioned.map(withSpan),
    texts: file.texts.map(withSpan),
    reads: file.reads.map(withSpan),
  };
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });

const withSpan = <T extends { readonly node: Span }>(place: T): T => ({ ...place, node: spanOf(place.node) });
