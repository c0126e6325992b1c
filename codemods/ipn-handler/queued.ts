import { ts } from 'ts-morph';
import { type FileContext, walk } from '../node-client/context';
import { accessedName, isAccess } from '../rewriting/access';
import { KNOWS_V2, SPEAKS_OF_NOTIFICATIONS, type Seam } from './find-seams';
import type { Origins } from './origin';

/** Methods by which a message leaves for a queue, a topic or a list. */
const PUBLISHES =
  /^(?:add|publish|send|sendToQueue|sendMessage|produce|emit|l?push|rpush|xadd|enqueue|createJob|create|schedule|now|dispatch|put|putRecord)$/;

const methodOf = ({ expression }: ts.CallExpression): string | undefined =>
  isAccess(expression) ? accessedName(expression) : undefined;

/** `queue.add(message)`, `channel.sendToQueue(name, Buffer.from(JSON.stringify(message)))`: the whole of what was fetched. */
function publishes(context: FileContext, origins: Origins): boolean {
  let found = false;
  walk(context.file.source, (node) => {
    if (found || !ts.isCallExpression(node) || !PUBLISHES.test(methodOf(node) ?? '')) return;
    for (const argument of node.arguments) {
      if (ts.isFunctionLike(argument)) continue;
      walk(argument, (part) => {
        const isWhole = ts.isIdentifier(part) && !isAccess(part.parent) && !ts.isFunctionLike(part.parent);
        found ||= isWhole && origins.of(context, part) === 'fetched';
      });
    }
  });
  return found;
}

/** Reads below NotificationData: the client has parsed the message before it was queued. */
function readsParsed(context: FileContext): boolean {
  let found = false;
  walk(context.file.source, (node) => {
    found ||= isAccess(node) && accessedName(node) !== undefined && isData(node.expression);
    found ||=
      ts.isVariableDeclaration(node) &&
      ts.isObjectBindingPattern(node.name) &&
      node.initializer !== undefined &&
      isData(node.initializer);
  });
  return found;
}

const isData = (node: ts.Node): boolean =>
  (isAccess(node) && accessedName(node) === 'NotificationData') ||
  (ts.isIdentifier(node) && node.text === 'NotificationData');

/**
 * Files that read from a queue what a handler of the project puts there after it was fetched: they get the words of legacy, as
 * before. An XML parser or an envelope tells that the messages come from Amazon itself.
 */
export function queueReaders(
  files: readonly FileContext[],
  seams: ReadonlyMap<FileContext, readonly Seam[]>,
  origins: Origins,
): ReadonlySet<FileContext> {
  const isSource = (context: FileContext): boolean =>
    (seams.get(context) ?? []).some(({ kind }) => kind === 'signed' || kind === 'migrated');
  if (!files.some((context) => isSource(context) && publishes(context, origins))) return new Set();
  return new Set(
    files.filter((context) => {
      const { text } = context.file.unit;
      if (!SPEAKS_OF_NOTIFICATIONS.test(text) || KNOWS_V2.test(text) || /xml|\.Message\b/i.test(text)) return false;
      return (seams.get(context) ?? []).every(({ isRaw }) => isRaw === true) && readsParsed(context);
    }),
  );
}
