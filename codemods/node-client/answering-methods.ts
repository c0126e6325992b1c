import { ts } from 'ts-morph';
import { accessedName, isAccess, writtenName } from '../rewriting/access';
import { legacyTypeOf } from '../typed-program/brands';
import { awaited } from './awaited';
import { calledMethod, type CalledMethod } from './called-methods';
import { type FileContext, walk } from './context';
import { areAlike, subjectOf } from './name-words';
import { areOfOthers, tellsState } from './state-words';
import type { Held } from './untyped-answers';

/** A method of the project and what it is found by: the names of its class and of its file. */
interface Declared {
  readonly owners: readonly (readonly string[])[];
  /** The table of the state or reason that it answers with, undefined where it is something else that its type tells. */
  readonly table: string | undefined;
}

/** `async stateOf(id) { … }` of a class or an object, `exports.stateOf = …`, and a function that a module may hand on. */
function methodName(node: ts.Node): string | undefined {
  if (ts.isBinaryExpression(node))
    return node.operatorToken.kind === ts.SyntaxKind.EqualsToken && isAccess(node.left)
      ? accessedName(node.left)
      : undefined;
  const isMethod =
    ts.isMethodDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isFunctionDeclaration(node) ||
    (ts.isVariableDeclaration(node) && node.initializer !== undefined && ts.isFunctionLike(node.initializer));
  return isMethod ? writtenName(node.name) : undefined;
}

/** What a method answers with, out of its promise; undefined where it is none, or nothing tells. */
function answerOf({ checker }: FileContext, node: ts.Node): ts.Type | undefined {
  const type = checker.getTypeAtLocation(ts.isBinaryExpression(node) ? node.right : node);
  const signature = type.getCallSignatures()[0];
  const returned = signature?.getReturnType();
  const answer = returned === undefined ? undefined : (checker.getAwaitedType(returned) ?? returned);
  return answer === undefined || (answer.flags & ts.TypeFlags.Any) !== 0 ? undefined : answer;
}

function tableIn({ checker }: FileContext, answer: ts.Type): string | undefined {
  const type = legacyTypeOf(checker, answer);
  return type?.kind === 'value' && /(?:State|Reason)$/.test(type.table) ? type.table : undefined;
}

/** `Payments` in `src/payment/index.js` */
function ownersOf({ file }: FileContext, node: ts.Node): Declared['owners'] {
  const around = ts.findAncestor(node.parent, (each) => ts.isClassLike(each) || ts.isVariableDeclaration(each));
  const named = around !== undefined && 'name' in around ? writtenName(around.name as ts.Node | undefined) : undefined;
  const [stem = '', folder = ''] = file.unit.path
    .replace(/\.[^./]+$/, '')
    .split('/')
    .reverse();
  return [named ?? '', stem === 'index' ? folder : stem].filter((name) => name !== '').map(subjectOf);
}

/**
 * Methods of the project that answer with a state. Who is handed their object calls them by name (`this.payments.stateOf()`),
 * and no type says what comes back.
 */
export class AnsweringMethods {
  private readonly byName = new Map<string, Declared[]>();

  constructor(contexts: readonly FileContext[]) {
    for (const context of contexts)
      walk(context.file.source, (node) => {
        const method = methodName(node);
        const answer = method === undefined ? undefined : answerOf(context, node);
        if (method === undefined || answer === undefined) return;
        const declared = { owners: ownersOf(context, node), table: tableIn(context, answer) };
        this.byName.set(method, [...(this.byName.get(method) ?? []), declared]);
      });
  }

  /** Those of the methods of a name that may be meant: of what the receiver is named after, else all where the name tells. */
  private meantBy({ method, receiver }: CalledMethod): readonly Declared[] {
    const declared = this.byName.get(method) ?? [];
    if (declared.every(({ table }) => table === undefined)) return [];
    const subject = subjectOf(receiver);
    const own = declared.filter(({ owners }) => owners.some((owner) => areAlike(owner, subject)));
    if (own.length > 0) return own;
    return tellsState(method) && !areOfOthers(receiver) ? declared : [];
  }

  /** What a call of such a method brings, where only the names tell. */
  heldBy(context: FileContext, node: ts.Expression): Held | undefined {
    const call = awaited(node);
    const called = ts.isCallExpression(call) ? calledMethod(context, call.expression) : undefined;
    const tables = called === undefined ? [] : this.meantBy(called).flatMap(({ table }) => table ?? []);
    const [table, ...others] = new Set(tables);
    if (called === undefined || table === undefined) return undefined;
    return { kind: 'values', table, ...(others.length === 0 ? {} : { others }), method: called.method };
  }
}
