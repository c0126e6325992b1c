import type { Edit } from '../../codemod';
import type { ExpressionTypes } from '../expression-types';
import { functionOf, isPropertyRead, nameOf, type PhpNode, type PhpSource } from '../tree';
import { mentionsOf, reaching } from '../variables';

/** A legacy call that can be rewritten, and the variable that holds its answer. */
export interface HeldCall {
  readonly call: PhpNode;
  readonly holder: { readonly name: string; readonly assignment: PhpNode } | undefined;
}

/** `$client->success`: whether the last call of that client was answered with 200. */
export const successReads = (source: PhpSource, clients: ExpressionTypes): readonly PhpNode[] =>
  source
    .nodes()
    .filter(
      (node) =>
        isPropertyRead(node) &&
        nameOf(source, node)?.toLowerCase() === 'success' &&
        node.parts[0] !== undefined &&
        clients.isClient(node.parts[0]),
    );

/** Which of all calls of a client a read of `success` may be about; undefined when it is not one of this function. */
export function callsOf(source: PhpSource, read: PhpNode, calls: readonly PhpNode[]): readonly PhpNode[] | undefined {
  const owner = functionOf(read);
  const object = read.parts[0] === undefined ? '' : source.textOf(read.parts[0]);
  const same = calls.filter(
    (call) => functionOf(call) === owner && call.parts[0] !== undefined && source.textOf(call.parts[0]) === object,
  );
  const seen = reaching(same, read);
  return seen === undefined || seen.length === 0 ? undefined : seen;
}

/** The variable for an answer that nobody kept. */
const ANSWER = '$amazonPayAnswer';

/**
 * How a read of `success` reads in v2: it asks the answer itself, which gets a variable where nobody kept it. Undefined
 * where the answer is not at hand. `edits` are those of the call.
 */
export function rewriteSuccess(
  source: PhpSource,
  read: PhpNode,
  { call, holder }: HeldCall,
  edits: readonly Edit[],
  helper: string,
): readonly Edit[] | undefined {
  const { path } = source;
  const asked = (name: string): Edit => ({
    path,
    start: read.start,
    end: read.end,
    text: `${helper}::succeeded(${name})`,
  });
  if (holder !== undefined) {
    const setters = mentionsOf(source, functionOf(read), holder.name)
      .filter(({ isSet }) => isSet)
      .map(({ node }) => node.parent ?? node);
    const seen = reaching(setters, read);
    return seen?.[0] === holder.assignment ? [...edits, asked(holder.name)] : undefined;
  }
  if (call.parent?.kind !== 'expression_statement' || source.text.includes(ANSWER)) return undefined;
  const kept = edits.map((edit) =>
    edit.start === call.start && edit.end === call.end && !edit.text.startsWith(ANSWER)
      ? { ...edit, text: `${ANSWER} = ${edit.text}` }
      : edit,
  );
  return [...kept, asked(ANSWER)];
}
