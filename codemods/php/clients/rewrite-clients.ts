import type { Edit } from '../../codemod';
import { commentAbove } from '../../rewriting/comment-above';
import { statementOf } from '../tree';
import type { ClientFile } from './client-file';
import type { Construction } from './rewrite-construction';
import { V2_CLIENT } from './rewrite-imports';

const CLIENT = 'php/client';
const IN_COMMENT = /\\?\b(?:AmazonPay|PayWithAmazon)\\Client\b/g;

/** The edits of a file whose clients are those of v2 from now on, but for what it imports. */
export function rewriteClients(
  { file, names, currencies }: ClientFile,
  made: readonly Construction[],
): readonly Edit[] {
  const { source, style } = file;
  const { path } = source;
  const imported = new Set(
    names.flatMap(({ node, kind }) => {
      const name = kind === 'import' ? node.parts[node.parts.length - 1] : undefined;
      return name === undefined ? [] : [source.textOf(name).replace(/^.*\\/, '').toLowerCase()];
    }),
  );
  const types = names.flatMap(({ node, kind }): Edit[] => {
    const isImported = imported.has(source.textOf(node).toLowerCase());
    return kind === 'type' && !isImported ? [{ path, start: node.start, end: node.end, text: `\\${V2_CLIENT}` }] : [];
  });
  const comments = source.all('comment').flatMap((comment) =>
    [...source.textOf(comment).matchAll(IN_COMMENT)].map((match): Edit => ({
      path,
      start: comment.start + match.index,
      end: comment.start + match.index + match[0].length,
      text: `\\${V2_CLIENT}`,
    })),
  );
  const currency = currencies.map((read): Edit => ({
    path,
    start: read.start,
    end: read.end,
    text: `${style.helper}::currency(${read.parts[0] === undefined ? '' : source.textOf(read.parts[0])})`,
  }));
  const decisions = made.flatMap((construction): Edit[] => {
    const { start } = statementOf(construction.node);
    const text = construction.decisions.map((decision) => commentAbove(source.text, start, CLIENT, decision)).join('');
    return text === '' ? [] : [{ path, start, end: start, text }];
  });
  return [...made.map(({ edit }) => edit), ...types, ...comments, ...currency, ...decisions];
}
