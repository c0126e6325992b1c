import type { Edit } from '../codemod';
import { PHP_HELPER } from './emitted-class';
import type { PhpNode, PhpSource } from './tree';

const directoryOf = (path: string): string[] => path.split('/').slice(0, -1);

/** The folder that all of the files are in; the helper stands there. */
export function placeOfHelper(paths: readonly string[], name = PHP_HELPER): string {
  const [first = [], ...others] = paths.map(directoryOf);
  const shared = first.filter(
    (part, index) =>
      others.every((other) => first.slice(0, index + 1).every((one, at) => other[at] === one)) && part !== '',
  );
  return [...shared, name].join('/');
}

/** `__DIR__ . '/../AmazonPayV2.php'` */
export function pathFrom(path: string, helper: string): string {
  const from = directoryOf(path);
  const to = directoryOf(helper);
  const differs = from.findIndex((part, index) => to[index] !== part);
  const common = differs === -1 ? from.length : differs;
  return ['', ...from.slice(common).map(() => '..'), ...to.slice(common), PHP_HELPER].join('/');
}

/**
 * Loads the helper once: behind the namespace and what is imported, where PHP takes statements.
 *
 * @param removed what is taken out of the file
 */
export function loadHelper(
  source: PhpSource,
  helper: string,
  newline: string,
  removed: ReadonlySet<PhpNode> = new Set(),
): Edit[] {
  if (source.text.includes(`/${PHP_HELPER}`)) return [];
  const heads = source.root.parts
    .filter((node) => !removed.has(node))
    .filter(
      ({ kind, parts }) =>
        ['php_tag', 'namespace_use_declaration', 'declare_statement'].includes(kind) ||
        (kind === 'namespace_definition' && !parts.some((part) => part.kind === 'compound_statement')),
    );
  const last = heads[heads.length - 1];
  const braced = source
    .all('namespace_definition')
    .find(({ parts }) => parts.some(({ kind }) => kind === 'compound_statement'));
  const block = braced?.parts.find(({ kind }) => kind === 'compound_statement');
  const uses = (block?.parts ?? []).filter((part) => part.kind === 'namespace_use_declaration' && !removed.has(part));
  const inBlock = uses[uses.length - 1]?.end ?? (block === undefined ? undefined : block.start + 1);
  const at = inBlock ?? last?.end;
  if (at === undefined) return [];
  const blank = last?.kind === 'php_tag' && inBlock === undefined ? '' : newline;
  const statement = `require_once __DIR__ . '${pathFrom(source.path, helper)}';`;
  return [{ path: source.path, start: at, end: at, text: `${newline}${blank}${statement}` }];
}
