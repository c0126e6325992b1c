import type { ts } from 'ts-morph';
import { operations } from '../../../src/catalog';
import type { FileContext } from '../context';
import type { Remain } from '../remain';

/** The operation that a method of the legacy client is called by: `capture`, `captureAsync`. */
export const operationNamed = (text: string): string | undefined => {
  const name = text.charAt(0).toUpperCase() + text.slice(1).replace(/Async$/, '');
  return /^[a-z]/.test(text) && operations[name] !== undefined ? name : undefined;
};

/** A place where an operation is called by its name, which nothing rewrites. */
export function remainOf(context: FileContext, node: ts.Node, operation: string, through: string): Remain {
  const row = operations[operation];
  const v2 = row?.v2 ?? null;
  const outcome = v2 === null ? 'v2 has no counterpart' : `write the call of ${v2.sdkMethod} out in its place`;
  return {
    node,
    rule: 'node-client/operation-call',
    surface: 'node-client',
    legacy: { name: context.text(node), operation },
    replacement: v2 === null ? null : { name: v2.sdkMethod, operation: v2.http },
    message: `${operation} is called by its name ${through}; ${outcome}.`,
    ...(row === undefined ? {} : { guidance: row.guidance }),
  };
}
