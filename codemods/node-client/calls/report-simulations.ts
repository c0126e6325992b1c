import { ts } from 'ts-morph';
import { isEmittedFile } from '../../emitted-helper/emitted-files';
import { type FileContext, walk } from '../context';

/** Not the error code InvalidSandboxSimulationSpecified, which has it as a part. */
const SIMULATION = /\bSandboxSimulation\b/;

/** `{ SandboxSimulation: { … } }` and `'{"SandboxSimulation": …}'`: nobody but legacy Amazon Pay reads it. */
const isSimulation = (node: ts.Node): boolean =>
  ts.isPropertyAssignment(node)
    ? SIMULATION.test(node.name.getText())
    : (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) &&
      !ts.isPropertyAssignment(node.parent) &&
      SIMULATION.test(node.getText());

/** It went into the header of a rewritten call, or is listed with that. */
const isSettled = (context: FileContext, node: ts.Node): boolean =>
  context.rewriter.isWithinReplaced(node) ||
  context.commentAbove(node).includes('TODO(amazon-pay-v2) node-client/request-field') ||
  context.findings.some(
    ({ rule, start, end }) =>
      rule === 'node-client/request-field' &&
      start <= context.rewriter.end(node) &&
      end >= context.rewriter.start(node),
  );

/**
 * Lists simulations for the sandbox that are written down apart from the call whose note carries them: v2 has a header for
 * them (facts: captures.md 1.3), reads no note, and shows what was the note to the buyer.
 */
export function reportSimulations(context: FileContext): void {
  if (isEmittedFile(context.file.unit.path) || !SIMULATION.test(context.file.unit.text)) return;
  walk(context.file.source, (node) => {
    if (!isSimulation(node) || isSettled(context, node)) return;
    context.report(node, {
      rule: 'node-client/request-field',
      automation: 'manual',
      confidence: 'medium',
      legacy: { name: 'SandboxSimulation' },
      replacement: { name: 'x-amz-pay-simulation-code' },
      message:
        'A simulation for the sandbox goes into a note here. v2 takes it as the header x-amz-pay-simulation-code of the call, in the sandbox only; keep it out of the note, which the buyer reads in v2.',
      rewritten: false,
    });
  });
}
