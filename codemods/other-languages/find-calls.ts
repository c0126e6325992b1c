import { operations } from '../../src/catalog';
import type { FindingDraft } from '../codemod';
import type { ClientFollower } from './follow-clients';
import { legacyMethods } from './legacy-methods';
import type { CallSite, FileNames, Scope } from './names';

/** A call of a legacy client. */
export interface LegacyCall {
  readonly file: FileNames;
  readonly site: CallSite;
  /** The method; undefined when it is computed. */
  readonly method: string | undefined;
  /** The operation of MWS that does the work; null for a helper of the SDK. */
  readonly operation: string | null;
  readonly confidence: FindingDraft['confidence'];
  /** The legacy SDK, where its class is known. */
  readonly sdk: string | undefined;
  /** What is certain about it, for the message. */
  readonly because: string;
}

/** Parameters of the legacy SDKs, in every spelling. */
const PARAMETER =
  /^(?:with|set)?_?(?:amazon_?(?:order_?reference|billing_?agreement|authorization|capture|refund)_?id|(?:authorization|capture|refund)_?reference_?id|seller_?(?:authorization|capture|refund)_?note|mws_?auth_?token)$/i;

/** Keys that are handed over: those of a literal, and those that were written into a variable before. */
function keysOf(file: FileNames, site: CallSite): readonly string[] {
  const names = new Set(site.arguments.flatMap((one) => (one.kind === 'variable' ? [one.name] : [])));
  const isWithin = (scope: Scope): boolean => scope.id === site.scope.id;
  const written = file.written.filter(({ scope, name }) => names.has(name) && isWithin(scope));
  return [...site.keys, ...written.flatMap(({ keys }) => keys)];
}

/** A method that is named in a text: `$this->call('capture', $parameters)`, `getattr(client, 'capture')`. */
function namedMethod(file: FileNames, site: CallSite): string | undefined {
  const methods = legacyMethods(file.language);
  return site.argumentNodes
    .slice(0, 2)
    .map((node) => file.unit.text.slice(node.start, node.end).replace(/^[:'"]+|['"]+$/g, ''))
    .find((text) => methods.has(text) || operations[text] !== undefined);
}

function judgeCall(file: FileNames, site: CallSite, follower: ClientFollower): LegacyCall | undefined {
  const methods = legacyMethods(file.language);
  const row = site.name === undefined ? undefined : methods.get(site.name);
  const held = site.of === undefined ? undefined : follower.heldBy(file, site.scope, site.of);
  if (held?.what.kind === 'look-alike') return undefined;
  const base = { file, site, method: site.name };
  if (held?.what.kind === 'legacy' && held.what.row.role === 'client') {
    const { sdk } = held.what.row;
    const isTyped = held.certainty === 'typed';
    const known = { sdk, confidence: isTyped ? 'high' : 'medium' } as const;
    const because = isTyped ? `its client is of ${sdk}` : `a member of this name holds a client of ${sdk} elsewhere`;
    if (row !== undefined) return { ...base, ...known, operation: row.operation, because };
    if (site.name !== undefined && !DISPATCH.test(site.name)) return undefined;
    const named = namedMethod(file, site);
    const operation = named === undefined ? null : (methods.get(named)?.operation ?? operations[named]?.name ?? null);
    return { ...base, ...known, method: named, operation, because };
  }
  // A class of the merchant that has this method is called, not the client that it wraps.
  if (row !== undefined && held?.what.kind === 'own' && follower.declares(held.what.name, site.name ?? ''))
    return undefined;
  if (held?.what.kind === 'legacy') return undefined;
  const hasParameters = (): boolean => keysOf(file, site).some((key) => PARAMETER.test(key));
  if (row !== undefined && site.of !== undefined && site.of.kind !== 'type') {
    const isThisOwn = site.of.kind === 'this' && site.scope.className !== undefined;
    if (isThisOwn && follower.declares(site.scope.className ?? '', site.name ?? '')) return undefined;
    if (hasParameters())
      return {
        ...base,
        sdk: undefined,
        operation: row.operation,
        confidence: 'medium',
        because: 'its parameters are those of a legacy SDK',
      };
    if (row.isUnmistakable)
      return {
        ...base,
        sdk: undefined,
        operation: row.operation,
        confidence: 'medium',
        because: 'only legacy SDKs have a method of this name',
      };
    return undefined;
  }
  const named = row === undefined && site.name !== undefined ? namedMethod(file, site) : undefined;
  if (named === undefined || !hasParameters()) return undefined;
  const operation = methods.get(named)?.operation ?? operations[named]?.name ?? null;
  const because = 'the operation is named in a text, next to parameters of a legacy SDK';
  return { ...base, method: named, operation, sdk: undefined, confidence: 'low', because };
}

/** Ways to call a method whose name is a value. */
const DISPATCH = /^(?:public_send|send|__send__|__call|invoke|Invoke)$/;

/** Calls of legacy clients: by the class of the client, and where nothing says it, by what only they have. */
export const findCalls = (files: readonly FileNames[], follower: ClientFollower): LegacyCall[] =>
  files.flatMap((file) => file.calls.flatMap((site) => judgeCall(file, site, follower) ?? []));
