import { ts } from 'ts-morph';
import { accessedName, isAccess } from '../../rewriting/access';
import { type FileContext, walk } from '../context';
import type { Held } from '../untyped/untyped-answers';

const EMITS = /^(?:emit|publish|trigger)$/;
const LISTENS = /^(?:on|once|addListener|prependListener|subscribe)$/;

/** The arguments behind the name of an event: `bus.emit('paid', order, details)`. */
function eventIn(
  node: ts.Node,
  method: RegExp,
): { readonly event: string; readonly given: readonly ts.Expression[] } | undefined {
  if (!ts.isCallExpression(node) || !isAccess(node.expression)) return undefined;
  const [event, ...given] = node.arguments;
  const isEvent =
    method.test(accessedName(node.expression) ?? '') && event !== undefined && ts.isStringLiteralLike(event);
  return isEvent ? { event: event.text, given } : undefined;
}

function heldBy(context: FileContext, node: ts.Expression, event: string): Held | undefined {
  const type = context.typeOf(node);
  if (type?.kind === 'element') return { kind: 'elements', names: [type.element], event };
  return type?.kind === 'value' ? { kind: 'values', table: type.table, event } : undefined;
}

/**
 * Answers and states that leave by an event. Whoever listens to an event of that name may be given one; whether it is the
 * same emitter, no type says.
 */
export class EmittedAnswers {
  private readonly byEvent = new Map<string, readonly (Held | undefined)[]>();

  constructor(contexts: readonly FileContext[]) {
    for (const context of contexts)
      walk(context.file.source, (node) => {
        const found = eventIn(node, EMITS);
        const held = found?.given.map((each) => heldBy(context, each, found.event)) ?? [];
        if (found !== undefined && held.some((each) => each !== undefined)) this.add(found.event, held);
      });
  }

  /** An event may be told in several places, each with arguments of its own: what one does not tell, another may. */
  private add(event: string, held: readonly (Held | undefined)[]): void {
    const known = this.byEvent.get(event) ?? [];
    const count = Math.max(known.length, held.length);
    this.byEvent.set(
      event,
      Array.from({ length: count }, (_, index) => known[index] ?? held[index]),
    );
  }

  /** The parameters of listeners that are given such an answer. */
  heldByParameters(context: FileContext): [ts.ParameterDeclaration, Held][] {
    const found: [ts.ParameterDeclaration, Held][] = [];
    if (this.byEvent.size === 0) return found;
    walk(context.file.source, (node) => {
      const listened = eventIn(node, LISTENS);
      const held = listened === undefined ? undefined : this.byEvent.get(listened.event);
      const listener = listened?.given.at(-1);
      if (held === undefined || listener === undefined) return;
      parametersOf(context, listener).forEach((parameter, index) => {
        const own = held[index];
        if (own !== undefined) found.push([parameter, own]);
      });
    });
    return found;
  }
}

/** Of a function written in place, or of one of the same file that is named. */
export function parametersOf(context: FileContext, listener: ts.Expression): readonly ts.ParameterDeclaration[] {
  if (ts.isArrowFunction(listener) || ts.isFunctionExpression(listener)) return listener.parameters;
  const declaration = ts.isIdentifier(listener)
    ? context.checker.getSymbolAtLocation(listener)?.valueDeclaration
    : undefined;
  if (declaration?.getSourceFile() !== listener.getSourceFile()) return [];
  if (ts.isFunctionDeclaration(declaration)) return declaration.parameters;
  const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value.parameters : [];
}
