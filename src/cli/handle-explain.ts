import { z } from 'zod';
import { operations } from '../catalog/operations';
import { rules } from '../catalog/rules';
import type { Operation, Rule } from '../catalog/types';
import { CliError } from './cli-error';
import { exitCodes, type ExitCode } from './exit-codes';
import type { Display } from './explain/display';
import { explainOperation } from './explain/explain-operation';
import { explainRule } from './explain/explain-rule';
import { explainWord, findByMethod } from './explain/explain-word';
import { createColours } from '../report/colours';
import { findNearest } from '../../transforms/find-nearest';
import { wantsColour, type Streams } from './terminal-streams';

/** `explain [name]`. */
export function handleExplain(argv: unknown, streams: Pick<Streams, 'stdout' | 'environment'>): ExitCode {
  const { name } = z.object({ name: z.string().optional() }).parse(argv);
  const allRules: readonly Rule[] = Object.values(rules);
  const allOperations: readonly Operation[] = Object.values(operations);
  const { stdout, environment } = streams;
  const display: Display = {
    colours: createColours(wantsColour(stdout, environment)),
    width: stdout.isTTY === true && stdout.columns !== undefined ? Math.min(stdout.columns, 100) : undefined,
  };
  stdout.write(
    name === undefined ? listAll(allRules, allOperations) : explainOne(name, allRules, allOperations, display),
  );
  return exitCodes.done;
}

function explainOne(
  name: string,
  allRules: readonly Rule[],
  allOperations: readonly Operation[],
  display: Display,
): string {
  const rule = allRules.find(({ id }) => id === name);
  if (rule !== undefined) return explainRule(rule, display);
  // Clients write `capture` or `getRefundDetails` for what MWS calls `Capture` and `GetRefundDetails`.
  const operation = allOperations.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (operation !== undefined) return explainOperation(operation, display);
  const byMethod = findByMethod(name);
  if (byMethod.length > 0) return byMethod.map((each) => explainOperation(each, display)).join('\n');
  const word = explainWord(name);
  if (word !== undefined) return word;
  const nearest = findNearest(name, [
    ...allRules.map(({ id }) => id),
    ...allOperations.map((candidate) => candidate.name),
  ]);
  throw new CliError(
    'UNKNOWN_RULE',
    `There is no rule, operation, SDK method, state or error code ${name}.`,
    `${nearest === null ? '' : `Did you mean ${nearest}? `}To list all: amazon-pay-migrate explain`,
  );
}

function listAll(allRules: readonly Rule[], allOperations: readonly Operation[]): string {
  const ruleWidth = Math.max(...allRules.map(({ id }) => id.length));
  const operationWidth = Math.max(...allOperations.map(({ name }) => name.length));
  return [
    'Rules',
    ...allRules.map(({ id, automation, title }) => `   ${id.padEnd(ruleWidth)}  ${automation.padEnd(9)}  ${title}`),
    '',
    'Legacy operations',
    ...allOperations.map(
      ({ name, automation, v2 }) =>
        `   ${name.padEnd(operationWidth)}  ${automation.padEnd(9)}  ${v2 === null ? 'no counterpart' : v2.http}`,
    ),
    '',
    'More about one: amazon-pay-migrate explain NAME',
    '',
  ].join('\n');
}
