import { posix } from 'node:path';
import { ts } from 'ts-morph';
import type { SourceUnit } from '../../codemod';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, walk } from '../context';

const RENDERS = /^(?:render\w*|view|template|compile\w*)$/;
const INCLUDED =
  /^\s*(?:include|extends)\s+([\w./-]+)|\{\{#?>\s*['"]?([\w./-]+)|\b(?:include|extends|import|from|partial|render)\s*\(?\s*['"]([\w./-]+)['"]/gm;

const stemOf = (path: string): string => path.replace(/^(?:\.{1,2}\/)+/, '').replace(/\.\w{2,10}$/, '');

/** `res.render('orders/show', …)`, `pug.renderFile(path.join(__dirname, 'views/receipt.pug'))` */
function namesIn({ file }: FileContext): string[] {
  const names: string[] = [];
  walk(file.source, (node) => {
    if (!ts.isCallExpression(node)) return;
    const called = isAccess(node.expression) ? (accessedName(node.expression) ?? '') : node.expression.getText();
    if (!RENDERS.test(called)) return;
    for (const argument of node.arguments.slice(0, 2)) {
      const texts = ts.isCallExpression(argument) ? [...argument.arguments] : [argument];
      const last = texts.filter(ts.isStringLiteralLike).at(-1);
      if (last !== undefined && /^[\w./-]+$/.test(last.text)) names.push(stemOf(last.text));
    }
  });
  return names;
}

/** The templates that these files render by name, and what those include. */
export function templatesRenderedBy(
  contexts: readonly FileContext[],
  templates: readonly SourceUnit[],
): ReadonlySet<string> {
  const find = (name: string): string[] =>
    templates.map(({ path }) => path).filter((path) => `/${stemOf(path)}`.endsWith(`/${name}`));
  const found = new Set(contexts.flatMap(namesIn).flatMap(find));
  const textOf = new Map(templates.map(({ path, text }) => [path, text]));
  // A set goes on with what is added to it.
  for (const path of found) {
    for (const [, ...groups] of (textOf.get(path) ?? '').matchAll(INCLUDED)) {
      const name = groups.find((group) => group !== undefined);
      if (name === undefined) continue;
      const beside = stemOf(posix.join(posix.dirname(path), name));
      const exact = [...textOf.keys()].filter((each) => stemOf(each) === beside);
      for (const each of exact.length > 0 ? exact : find(stemOf(name))) found.add(each);
    }
  }
  return found;
}
