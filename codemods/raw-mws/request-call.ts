import { ts } from 'ts-morph';
import { operations } from '../../src/catalog';
import type { Operation } from '../../src/catalog/types';
import { collectLiteral } from '../node-client/calls/collect-values';
import { type FileContext, unwrap } from '../node-client/context';
import { indentAt } from '../rewriting/style';
import { buildV2Call } from '../v2-request/build-v2-call';
import type { V2Call } from '../v2-request/types';
import { nodesOf } from '../typed-program/nodes';
import { blankComments } from './evidence';
import { type Gathered, gatherParameters } from './gather-parameters';
import { PROTOCOL } from './protocol';
import type { KnownExecutor } from './read-executor';
import type { References } from './references';

/** A call of a function that sends any MWS operation, with the operation written out. */
export interface RequestCall {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly operation: string;
  readonly executor: KnownExecutor;
  /** The argument that holds the parameters; undefined when the function fills an object of its own. */
  readonly argument: number | undefined;
  /** The variable that holds the parameters, by its first letter. */
  readonly variable?: number;
  /** The expression answers at once, behind an `await` of its own. */
  readonly isAwaited?: boolean;
  /** Where the operation is named, if that is not in the call. */
  readonly named?: readonly [start: number, end: number];
}

/** A request that is not rewritten, where it is listed, and what speaks against it. */
export interface Stays {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  readonly reason: string;
}

/** A request with its place in the tree that the checker has typed. */
export interface Located {
  readonly call: RequestCall;
  readonly node: ts.CallExpression;
  readonly context: FileContext;
  readonly references: References;
}

/** What a name starts with is declared for the whole file, so that it is the same at every call. */
function isFixed(context: FileContext, node: ts.Expression): boolean {
  let root = unwrap(node);
  while (ts.isPropertyAccessExpression(root) || ts.isElementAccessExpression(root)) root = unwrap(root.expression);
  if (ts.isStringLiteralLike(root) || /^process\.env\b/.test(node.getText())) return true;
  const declaration = ts.isIdentifier(root) ? context.checker.getSymbolAtLocation(root)?.declarations?.[0] : undefined;
  return declaration !== undefined && ts.findAncestor(declaration, ts.isFunctionLike) === undefined;
}

/** The merchant is another one for each call; the v2 client is one merchant's. */
const namesMerchant = (context: FileContext, nodes: ReadonlyMap<string, ts.Expression>): boolean =>
  nodes.has('MWSAuthToken') ||
  [...nodes].some(([name, node]) => /^(?:SellerId|AWSAccessKeyId)$/.test(name) && !isFixed(context, node));

/** Code that sends the request names a parameter of the operation, so that what is sent is not what the call says. */
const addsParameters = (code: string, { request }: Operation): boolean =>
  [...Object.keys(request), 'MWSAuthToken'].some((name) => new RegExp(`\\b${name.replace(/\..*/, '')}\\b`).test(code));

/** The parameters of a request, with the statements that prepare nothing else. */
export function parametersOf({ call, node, context, references }: Located): Gathered | string {
  const given = call.argument === undefined ? undefined : node.arguments[call.argument];
  const written = given === undefined ? undefined : unwrap(given);
  if (written !== undefined && ts.isObjectLiteralExpression(written))
    return { object: written, added: [], statements: [], machinery: [] };
  const variable = call.variable === undefined ? undefined : nameAt(context, call.variable);
  if (variable === undefined) return 'its parameters are not written out in the call';
  return gatherParameters(context, references, variable, node);
}

const nameAt = (context: FileContext, at: number): ts.Identifier | undefined =>
  nodesOf(context.file.source).find(
    (node): node is ts.Identifier => ts.isIdentifier(node) && context.rewriter.start(node) === at,
  );

/** The v2 call of a request, or the reason why there is none that is certain. */
export function toV2Call(located: Located, client: string): V2Call | string {
  const { call, context } = located;
  const operation = operations[call.operation];
  if (operation?.v2 == null) return 'v2 has no counterpart';
  if (operation.automation !== 'automatic') return 'it is a step of the checkout or needs a decision';
  const parameters = parametersOf(located);
  if (typeof parameters === 'string') return parameters;
  const collected = collectLiteral(context, operation, parameters.object, parameters.added);
  if (collected.kind === 'opaque') return 'its parameters are not written out';
  if (namesMerchant(context, collected.nodes)) return 'it acts for a merchant that the call names';
  const preparing = parameters.machinery.map((statement) => context.rewriter.original(statement)).join('\n');
  if (addsParameters(blankComments(preparing), operation)) return 'what prepares it adds parameters';
  if (call.executor.spreads || addsParameters(call.executor.code, operation))
    return `${call.executor.name} adds parameters of its own`;
  const values = new Map([...collected.values].filter(([name]) => !PROTOCOL.test(name)));
  const indent = indentAt(context.file.unit.text, call.start);
  const { quote, unit, eol } = context.style;
  const { isEs5, nameOf } = context;
  const built = buildV2Call({ operation, client, values, indent, unit, quote, eol, isEs5, nameOf });
  const [note] = built.notes;
  return note === undefined ? built : note.message;
}
