import type { ClientFollower } from './follow-clients';
import type { Held } from './held';
import { certaintyOf, type LegacyCall } from './legacy-call';
import { legacyMethods } from './legacy-methods';
import { textOf, type CallSite, type Expression, type FileNames, type Span } from './names';

/** A method of a client that is named without being called. */
function handedOn(file: FileNames, node: Span, method: string, held: Held | undefined): LegacyCall[] {
  const row = legacyMethods(file.language).get(method);
  if (held?.what.kind !== 'legacy' || held.what.row.role !== 'client' || row === undefined) return [];
  const certain = certaintyOf(held, held.what.row.sdk);
  const because = `${certain.because}; it is handed on here, and called elsewhere`;
  return [{ file, node, method, operation: row.operation, ...certain, because }];
}

const DELEGATE = /^(?:delegate|def_(?:instance_)?delegators?)$/;

/** What `delegate :capture, to: :client` and `def_delegators :@client, :capture` send calls to. */
function targetOf(texts: readonly string[], isRails: boolean): Expression | undefined {
  const written = isRails ? texts.flatMap((text) => /^to:\s*[:'"](@?\w+)/.exec(text)?.[1] ?? [])[0] : texts[0];
  const name = written?.replace(/^[:'"]+|['"]+$/g, '');
  if (name === undefined) return undefined;
  if (!name.startsWith('@')) return { kind: 'call', name };
  return { kind: 'member', of: { kind: 'this' }, name: name.replace(/^@+/, '') };
}

function delegated(file: FileNames, site: CallSite, follower: ClientFollower): LegacyCall[] {
  if (file.language.name !== 'ruby' || site.name === undefined || !DELEGATE.test(site.name)) return [];
  const texts = site.argumentNodes.map((node) => textOf(file.unit, node));
  const target = targetOf(texts, site.name === 'delegate');
  const held = target === undefined ? undefined : follower.heldBy(file, site.scope, target);
  return site.argumentNodes.flatMap((node, index) => {
    const method = /^[:'"](\w+)['"]?$/.exec(texts[index] ?? '')?.[1];
    return method === undefined ? [] : handedOn(file, node, method, held);
  });
}

/** Methods of clients that are not called where they are named: references, delegations. */
export const findHandedOn = (file: FileNames, follower: ClientFollower): LegacyCall[] => [
  ...file.taken.flatMap(({ scope, of, name, node }) => handedOn(file, node, name, follower.heldBy(file, scope, of))),
  ...file.calls.flatMap((site) => delegated(file, site, follower)),
];
