import { codeBlock, withoutIndent } from '../code-block';
import type { Edit, FindingDraft } from '../codemod';
import { commentAbove } from '../rewriting/comment-above';
import type { PhpFile } from './project';
import type { DroppedParameter } from './request';
import type { CallOutcome } from './rewrite-file';
import type { CallOfOwn } from './find-callers';
import { nameOf, statementOf, type PhpSource } from './tree';

const CALL = 'php/operation-call';
const PARAMETER = 'php/request-field';
const ANSWER = 'php/returned-answer';

/** The legacy calls of one file and what became of them. */
export interface Rewritten {
  readonly file: PhpFile;
  readonly outcomes: readonly CallOutcome[];
}

function describe({ operation }: CallOutcome): Pick<FindingDraft, 'legacy' | 'replacement'> {
  const v2 = operation.v2;
  return {
    legacy: { name: operation.name, operation: operation.name },
    replacement: v2 === null ? null : { name: v2.sdkMethod, operation: v2.http },
  };
}

const base = { codemod: 'php', surface: 'other-language', confidence: 'high' } as const;

/** A finding for each call, and for each parameter that v2 does not take. */
export function findingsOf({ file: { source }, outcomes }: Rewritten): FindingDraft[] {
  return outcomes.flatMap((outcome): FindingDraft[] => {
    const { call, operation } = outcome;
    const place = { path: source.path, start: call.start, end: call.end };
    const becomes = operation.v2 === null ? 'nothing' : operation.v2.sdkMethod;
    if (!outcome.isRewritten) {
      const message = `${operation.name} is called, ${becomes} in v2. It stays, because ${outcome.because.replace(/\.$/, '')}.`;
      const guidance = guidanceOf(outcome);
      return [
        {
          ...base,
          ...place,
          ...describe(outcome),
          rule: CALL,
          automation: 'manual',
          message,
          guidance,
          rewritten: false,
        },
      ];
    }
    const message = `${operation.name} is ${becomes} in v2.`;
    const { automation, guidance } = operation;
    return [
      { ...base, ...place, ...describe(outcome), rule: CALL, automation, message, guidance, rewritten: true },
      ...outcome.dropped.map((dropped) => parameterFinding(source, dropped)),
      ...outcome.readers.map((reader) => readerFinding(outcome, reader)),
    ];
  });
}

/** What to write by hand: the v2 call where its parameters are known. */
function guidanceOf({ operation, suggestion }: Extract<CallOutcome, { isRewritten: false }>): string {
  const written = suggestion === undefined ? '' : `\n\nIn v2 the call is:\n\n${codeBlock(withoutIndent(suggestion))}`;
  return `${operation.guidance}${written}`;
}

function parameterFinding(source: PhpSource, { argument, because }: DroppedParameter): FindingDraft {
  const { value, key } = argument;
  const message = `${key} has no place in the v2 request: ${because}`;
  const place = { path: source.path, start: value.start, end: value.end };
  return {
    ...base,
    ...place,
    rule: PARAMETER,
    automation: 'assisted',
    legacy: { name: key },
    replacement: null,
    message,
    rewritten: true,
  };
}

/** The answer of a call is read where one of the merchant's own functions returns it. */
function readerFinding(outcome: CallOutcome, { file, call }: CallOfOwn): FindingDraft {
  return {
    ...base,
    ...describe(outcome),
    path: file.source.path,
    start: call.start,
    end: call.end,
    rule: ANSWER,
    automation: 'automatic',
    message: `${nameOf(file.source, call)} returns what ${outcome.operation.name} answers; it is read as v2 answers it.`,
    rewritten: true,
  };
}

/** What somebody must decide stays in the code, above the statement that was rewritten. */
export function decisionsOf({ file: { source }, outcomes }: Rewritten): Edit[] {
  return outcomes.flatMap((outcome) => {
    if (!outcome.isRewritten) return [];
    const decisions = outcome.dropped.map(({ argument, because }): [string, string] => [
      PARAMETER,
      `${argument.key}: ${because}`,
    ]);
    if (outcome.operation.automation !== 'automatic') decisions.push([CALL, outcome.operation.guidance]);
    if (decisions.length === 0) return [];
    const { start } = statementOf(outcome.call);
    const text = decisions.map(([rule, decision]) => commentAbove(source.text, start, rule, decision)).join('');
    return [{ path: source.path, start, end: start, text }];
  });
}
