import type { ts } from 'ts-morph';
import type { FieldNote } from '../../v2-request/types';
import type { FileContext } from '../context';

const decisions: Partial<Record<FieldNote['kind'], string>> = {
  shortened: 'it is cut to the length that v2 allows; decide what must stay.',
  simulation: 'the simulation header is for sandbox only; remove it before going live.',
};

/** Lists every parameter that did not simply move, at the place where its value stands. */
export function reportNotes(
  context: FileContext,
  call: ts.Node,
  notes: readonly FieldNote[],
  nodes: ReadonlyMap<string, ts.Expression>,
): void {
  for (const note of notes) {
    const decision = decisions[note.kind];
    context.report(nodes.get(note.field) ?? call, {
      rule: 'node-client/request-field',
      automation: 'assisted',
      legacy: { name: note.field },
      replacement: null,
      message: note.message,
      rewritten: true,
    });
    const said = decision === undefined ? note.message : `${note.field}: ${decision}`;
    context.todo(call, 'node-client/request-field', said);
  }
}
