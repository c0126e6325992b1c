import { ts } from 'ts-morph';
import { parametersOf } from '../answers/emitted-answers';
import { type FileContext, unwrap, walk } from '../context';
import { objectEscape, valueEscape } from '../answers/report-escapes';
import { handedByThen } from '../answers/report-handed-by-then';
import { originOf, reportUntyped, tablesOf } from './report-untyped';
import type { Held, UntypedAnswers } from './untyped-answers';
import { ANSWERS_ELSEWHERE } from './untyped-shapes';

/** A name, or what an awaited call brings; the name of what is declared or read is neither. */
const brings = (node: ts.Node): node is ts.Expression =>
  ts.isAwaitExpression(node) ||
  (ts.isIdentifier(node) && !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node));

const nameOf = (held: Held): string =>
  held.kind === 'elements'
    ? held.names.join(' or ')
    : tablesOf(held)
        .map(({ name }) => name)
        .join(' or ');

/** Where a state or an answer goes so that nobody sees what is done with it. */
function awayTo(context: FileContext, node: ts.Expression, held: Held): string | undefined {
  if (held.kind === 'elements') return objectEscape(context, node);
  return valueEscape(context, node) ? 'is handed on' : undefined;
}

function report(context: FileContext, node: ts.Expression, held: Held, does: string): void {
  const now = held.kind === 'elements' ? 'the v2 object' : 'a word of v2';
  reportUntyped(context, node, held, {
    rule: 'node-client/escape',
    legacy: { name: nameOf(held) },
    replacement: null,
    message: `${context.text(node)} ${does}, and ${originOf(held)}; ${now} goes where ${nameOf(held)} went, so check what reads it.`,
  });
}

/** Lists where answers go on to that a method of the project brings, as far as its name tells: `res.json(await payments.capture(id))`. */
export function reportUntypedEscapes(context: FileContext, answers: UntypedAnswers): void {
  if (ANSWERS_ELSEWHERE.test(context.file.unit.text)) return;
  walk(context.file.source, (node) => {
    const handed = handedByThen(context, node);
    const brought = handed === undefined ? undefined : answers.heldBy(handed.promise);
    if (handed !== undefined && brought?.method !== undefined && parametersOf(context, handed.listener).length === 0)
      report(context, handed.promise, brought, `hands its answer to ${context.text(handed.callee)}`);
    const held = brings(node) ? answers.heldBy(unwrap(node)) : undefined;
    const away = held?.method === undefined ? undefined : awayTo(context, node as ts.Expression, held);
    if (held !== undefined && away !== undefined) report(context, node as ts.Expression, held, away);
  });
}
