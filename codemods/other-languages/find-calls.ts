import { operations } from '../../src/catalog';
import type { ClientFollower } from './follow-clients';
import type { Held } from './held';
import { findHandedOn } from './find-handed-on';
import { certaintyOf, type LegacyCall } from './legacy-call';
import { legacyMethods, type LegacyMethod } from './legacy-methods';
import type { CallSite, FileNames, Scope } from './names';

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

/** Ways to call a method whose name is a value. */
const DISPATCH = /^(?:public_send|send|__send__|__call|invoke|Invoke|method|try!?)$/;

/** A method of a client, or one that is sent to it by a name. */
function callOfClient(file: FileNames, site: CallSite, held: Held, row: LegacyMethod | undefined) {
  if (held.what.kind !== 'legacy' || held.what.row.role !== 'client') return undefined;
  const known = { file, node: site.node, ...certaintyOf(held, held.what.row.sdk) };
  if (row !== undefined) return { ...known, method: site.name, operation: row.operation };
  if (site.name !== undefined && !DISPATCH.test(site.name)) return undefined;
  const named = namedMethod(file, site);
  const isTry = site.name?.startsWith('try') === true || site.name === 'method';
  if (named === undefined && isTry) return undefined;
  return { ...known, method: named, operation: operationOf(file, named) };
}

const operationOf = (file: FileNames, name: string | undefined): string | null =>
  name === undefined ? null : (legacyMethods(file.language).get(name)?.operation ?? operations[name]?.name ?? null);

/** `payments.capture(…)` and `capture(…)`, where the module or the variable holds the method of a client. */
function callOfMethod(file: FileNames, site: CallSite, follower: ClientFollower): LegacyCall | undefined {
  const { scope, of, name } = site;
  if (name === undefined) return undefined;
  const held = follower.heldBy(
    file,
    scope,
    of === undefined ? { kind: 'variable', name } : { kind: 'member', of, name },
  );
  if (held?.what.kind !== 'method') return undefined;
  const { row, name: method } = held.what;
  const operation = operationOf(file, method);
  const certain = certaintyOf(held, row.sdk);
  return {
    file,
    node: site.node,
    method,
    operation,
    ...certain,
    because: `it holds ${method}, and ${certain.because}`,
  };
}

/** By what only legacy SDKs have: requests, parameters, names of methods. */
function callByShape(file: FileNames, site: CallSite, row: LegacyMethod, follower: ClientFollower) {
  const base = { file, node: site.node, method: site.name, operation: row.operation } as const;
  const request = site.arguments
    .map((value) => follower.heldBy(file, site.scope, value)?.what)
    .find((what) => what?.kind === 'legacy' && requestOf(row.operation).test(what.name));
  if (request?.kind === 'legacy') {
    const { sdk } = request.row;
    return { ...base, sdk, confidence: 'medium', because: `it is handed a request of ${sdk}` } as const;
  }
  if (hasParameters(file, site))
    return {
      ...base,
      sdk: undefined,
      confidence: 'medium',
      because: 'its parameters are those of a legacy SDK',
    } as const;
  if (!row.isUnmistakable) return undefined;
  return {
    ...base,
    sdk: undefined,
    confidence: 'medium',
    because: 'only legacy SDKs have a method of this name',
  } as const;
}

const requestOf = (operation: string | null): RegExp => new RegExp(`(?:^|[._])${operation ?? 'Charge'}Request$`);

const hasParameters = (file: FileNames, site: CallSite): boolean =>
  keysOf(file, site).some((key) => PARAMETER.test(key));

function judgeCall(file: FileNames, site: CallSite, follower: ClientFollower): LegacyCall | undefined {
  const row = site.name === undefined ? undefined : legacyMethods(file.language).get(site.name);
  const held = site.of === undefined ? undefined : follower.heldBy(file, site.scope, site.of);
  if (held?.what.kind === 'look-alike') return undefined;
  if (held?.what.kind === 'legacy') {
    // What the merchant's own class or module does is listed where it does it.
    const isOverridden = row !== undefined && site.of?.kind !== 'this' && follower.isOwn(held, site.name ?? '');
    return isOverridden ? undefined : callOfClient(file, site, held, row);
  }
  const later = callOfMethod(file, site, follower);
  if (later !== undefined) return later;
  if (row !== undefined && held !== undefined && follower.isOwn(held, site.name ?? '')) return undefined;
  if (row !== undefined && site.of !== undefined && site.of.kind !== 'type') {
    const isThisOwn = site.of.kind === 'this' && site.scope.className !== undefined;
    if (isThisOwn && follower.declares(site.scope.className ?? '', site.name ?? '')) return undefined;
    return callByShape(file, site, row, follower);
  }
  const named = row === undefined && site.name !== undefined ? namedMethod(file, site) : undefined;
  if (named === undefined || !hasParameters(file, site)) return undefined;
  const because = 'the operation is named in a text, next to parameters of a legacy SDK';
  const operation = operationOf(file, named);
  return { file, node: site.node, method: named, operation, sdk: undefined, confidence: 'low', because };
}

/** Calls of legacy clients: by the class of the client, and where nothing says it, by what only they have. */
export const findCalls = (files: readonly FileNames[], follower: ClientFollower): LegacyCall[] =>
  files.flatMap((file) => [
    ...file.calls.flatMap((site) => judgeCall(file, site, follower) ?? []),
    ...findHandedOn(file, follower),
  ]);
