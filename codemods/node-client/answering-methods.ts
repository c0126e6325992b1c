import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../rewriting/access';
import { legacyTypeOf } from '../typed-program/brands';
import { type FileContext, unwrap, walk } from './context';
import type { Held } from './untyped-answers';

const awaited = (node: ts.Expression): ts.Expression => {
  const inner = unwrap(node);
  return ts.isAwaitExpression(inner) ? unwrap(inner.expression) : inner;
};

/** `async stateOf(id) { … }` of a class or an object. */
const methodName = (node: ts.Node): string | undefined =>
  (ts.isMethodDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)) &&
  ts.isIdentifier(node.name)
    ? node.name.text
    : undefined;

/** The table of the state or reason that a method answers with. */
function answeredTable(context: FileContext, node: ts.Node): string | undefined {
  const signature = context.checker.getTypeAtLocation(node).getCallSignatures()[0];
  const type = signature === undefined ? undefined : legacyTypeOf(context.checker, signature.getReturnType());
  const answer = type?.kind === 'promise' ? type.of : type;
  return answer?.kind === 'value' && /(?:State|Reason)$/.test(answer.table) ? answer.table : undefined;
}

/**
 * Methods of the project that answer with a state. Who is handed their object calls them by name (`this.payments.stateOf()`),
 * and no type says what comes back.
 */
export class AnsweringMethods {
  private readonly byName = new Map<string, Held>();

  constructor(contexts: readonly FileContext[]) {
    for (const context of contexts)
      walk(context.file.source, (node) => {
        const method = methodName(node);
        const table = method === undefined ? undefined : answeredTable(context, node);
        if (method !== undefined && table !== undefined) this.byName.set(method, { kind: 'values', table, method });
      });
  }

  heldBy(node: ts.Expression): Held | undefined {
    const call = awaited(node);
    if (!ts.isCallExpression(call) || !isAccess(call.expression)) return undefined;
    return this.byName.get(accessedName(call.expression) ?? '');
  }
}
