import { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { Operation } from '../../../src/catalog/types';
import type { LegacyValue } from '../../v2-request/types';
import { type Collected, collectLiteral } from './collect-values';
import { type FileContext, unwrap } from '../context';
import { operationsAround } from './decide';
import { dependsOnOrder } from './depends-on-order';
import type { OperationCall } from './find-operations';
import { freeName } from '../../rewriting/free-name';
import { collectFlatFromObject, flatNames, withConfiguredCurrency } from './flat-arguments';
import { collectFromObject } from './read-off-object';
import { holdsUp, yields } from './suspends';
import { waitsAmongValues } from './waits-among-values';

const isSimple = (node: ts.Expression): boolean => {
  const expression = unwrap(node);
  return (
    ts.isIdentifier(expression) ||
    (ts.isPropertyAccessExpression(expression) && isSimple(expression.expression)) ||
    expression.kind === ts.SyntaxKind.ThisKeyword
  );
};

/** Names of flat camelCase arguments become the MWS names that the catalog knows. */
function renameFlat(operation: Operation, values: ReadonlyMap<string, LegacyValue>): Map<string, LegacyValue> {
  const names = flatNames(operation);
  return new Map([...values].map(([name, value]) => [names.get(name) ?? name, value]));
}

/**
 * Confirm had no amount; Complete Checkout Session must be told the one of the session, which the Set call of the same
 * function names.
 */
function withSessionAmount(context: FileContext, call: OperationCall, collected: Collected): Collected {
  const name = 'AuthorizationAmount';
  if (
    call.operation !== 'ConfirmOrderReference' ||
    collected.kind === 'opaque' ||
    [...collected.values.keys()].some((key) => key.startsWith(name))
  ) {
    return collected;
  }
  const set = operationsAround(context, call.node).find(({ operation }) => operation === 'SetOrderReferenceDetails');
  const row = operations.SetOrderReferenceDetails;
  if (set?.parameters === undefined || row === undefined) return collected;
  const total = collectLiteral(context, row, set.parameters);
  if (total.kind === 'opaque') return collected;
  const values = new Map(collected.values);
  for (const [key, value] of total.values) {
    const member = /\.OrderTotal(\..+)?$/.exec(key);
    if (member !== null) values.set(name + (member[1] ?? ''), value);
  }
  return { ...collected, values };
}

/** What a call hands on, and what that came from. */
interface CallValues {
  readonly values: Map<string, LegacyValue>;
  readonly nodes: Map<string, ts.Expression>;
  /** The name under which a function of its own takes the parameters, which are made but once. */
  readonly parameter?: string;
}

/** What stands in that function of the call. */
const aroundParameters = ({ rewriter }: FileContext, { receiver, callback }: OperationCall): string[] =>
  [receiver, callback].flatMap((node) => (node === undefined ? [] : [rewriter.original(node)]));

/** Values of a call and the nodes they came from; opaque parameters are read off the object. */
export function valuesOf(context: FileContext, call: OperationCall, operation: Operation): CallValues {
  const { parameters } = call;
  if (parameters === undefined) return { values: new Map(), nodes: new Map() };
  const collected: Collected =
    yields(parameters) ||
    holdsUp(parameters, call.node) ||
    waitsAmongValues(context.checker, parameters) ||
    dependsOnOrder(parameters)
      ? { kind: 'opaque' }
      : withSessionAmount(context, call, collectLiteral(context, operation, parameters));
  const flat = call.receiver !== undefined && context.typeOf(call.receiver)?.kind === 'client';
  if (collected.kind === 'values') {
    const names = flat ? flatNames(operation) : new Map<string, string>();
    const nodes = new Map([...collected.nodes].map(([name, node]) => [names.get(name) ?? name, node]));
    const { values } = collected;
    return { values: flat ? withConfiguredCurrency(context, operation, renameFlat(operation, values)) : values, nodes };
  }
  const collect = flat ? collectFlatFromObject : collectFromObject;
  const read = (object: string): Map<string, LegacyValue> => collect(context, operation, object, parameters);
  if (isSimple(parameters)) return { values: read(context.rewriter.original(unwrap(parameters))), nodes: new Map() };
  const parameter = freeName('params', ...aroundParameters(context, call));
  return { values: read(parameter), nodes: new Map(), parameter };
}
