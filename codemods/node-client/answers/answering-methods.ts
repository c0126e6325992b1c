import { ts } from 'ts-morph';
import { accessedName, isAccess, writtenName } from '../../rewriting/access';
import { legacyTypeOf } from '../../typed-program/brands';
import { awaited } from '../awaited';
import { calledMethod, type CalledMethod } from './called-methods';
import { type FileContext, walk } from '../context';
import { areAlike, subjectOf } from './name-words';
import { areOfOthers, nameOfPayments, tellsOfService, tellsState } from '../values/state-words';
import type { Held } from '../untyped/untyped-answers';

/** A method of the project and what it is found by: the names of its class and of its file. */
interface Declared {
  readonly owners: readonly (readonly string[])[];
  /** The state, the reason or the object of legacy that it answers with, undefined where its type tells of something else. */
  readonly answer: Held | undefined;
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

function heldIn({ checker }: FileContext, answer: ts.Type): Held | undefined {
  const type = legacyTypeOf(checker, answer);
  if (type?.kind === 'element')
    return type.element === 'EmptyResult' ? undefined : { kind: 'elements', names: [type.element] };
  return type?.kind === 'value' && /(?:State|Reason)$/.test(type.table)
    ? { kind: 'values', table: type.table }
    : undefined;
}

/** Nothing but a method of a payment service is likely to be meant. */
const tells = (method: string, { kind }: Held): boolean =>
  kind === 'values' ? tellsState(method) : nameOfPayments(method) || /authori[sz]e/i.test(method);

/** What methods of one name answer with; where one answers with an object, that is what something is read of. */
function united(answers: readonly Held[]): Held | undefined {
  const names = new Set(answers.flatMap((held) => (held.kind === 'elements' ? held.names : [])));
  if (names.size > 0) return { kind: 'elements', names: [...names] };
  const [table, ...others] = new Set(answers.flatMap((held) => (held.kind === 'values' ? held.table : [])));
  return table === undefined ? undefined : { kind: 'values', table, ...(others.length === 0 ? {} : { others }) };
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
 * Methods of the project that answer with a state or an object of legacy. Who is handed theirs calls them by name
 * (`this.payments.stateOf()`), and no type says what comes back.
 */
export class AnsweringMethods {
  private readonly byName = new Map<string, Declared[]>();

  constructor(contexts: readonly FileContext[]) {
    for (const context of contexts)
      walk(context.file.source, (node) => {
        const method = methodName(node);
        const answer = method === undefined ? undefined : answerOf(context, node);
        if (method === undefined || answer === undefined) return;
        const declared = { owners: ownersOf(context, node), answer: heldIn(context, answer) };
        this.byName.set(method, [...(this.byName.get(method) ?? []), declared]);
      });
  }

  /** The answers of the methods that may be meant: of what the receiver is named after, else all where the name tells. */
  private meantBy({ method, receiver }: CalledMethod): readonly Held[] {
    const declared = this.byName.get(method) ?? [];
    const subject = subjectOf(receiver);
    const own = declared.filter(({ owners }) => owners.some((owner) => areAlike(owner, subject)));
    if (own.length > 0) return own.flatMap(({ answer }) => answer ?? []);
    if (areOfOthers(receiver)) return [];
    const isAsked = tellsOfService(receiver) && /state|status|reason/i.test(method);
    return declared.flatMap(({ answer }) => {
      const isMeant = answer !== undefined && (tells(method, answer) || (isAsked && answer.kind === 'values'));
      return isMeant ? answer : [];
    });
  }

  /** What a call of such a method brings, where only the names tell. */
  heldBy(context: FileContext, node: ts.Expression): Held | undefined {
    const call = awaited(node);
    const called = ts.isCallExpression(call) ? calledMethod(context, call.expression) : undefined;
    const held = called === undefined ? undefined : united(this.meantBy(called));
    return called === undefined || held === undefined ? undefined : { ...held, method: called.method };
  }
}
