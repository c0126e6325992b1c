import type { Edit } from '../codemod';
import type { Clients } from './find-clients';
import { functionOf, isPropertyRead, nameOf, type PhpNode, type PhpSource } from './tree';
import { mentionsOf, reaching } from './variables';

/** A legacy call that can be rewritten, and the variable that holds its answer. */
export interface HeldCall {
  readonly call: PhpNode;
  readonly holder: { readonly name: string; readonly assignment: PhpNode } | undefined;
}

/** `$client->success`: whether the last call of that client was answered with 200. */
export const successReads = (source: PhpSource, clients: Clients): readonly PhpNode[] =>
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

/** How a read of `success` reads in v2: it asks the answer itself. Undefined where the answer is not at hand. */
export function rewriteSuccess(source: PhpSource, read: PhpNode, held: HeldCall, helper: string): Edit | undefined {
  const { holder } = held;
  if (holder === undefined) return undefined;
  const setters = mentionsOf(source, functionOf(read), holder.name)
    .filter(({ isSet }) => isSet)
    .map(({ node }) => node.parent ?? node);
  const seen = reaching(setters, read);
  if (seen?.[0] !== holder.assignment) return undefined;
  return { path: source.path, start: read.start, end: read.end, text: `${helper}::succeeded(${holder.name})` };
}
