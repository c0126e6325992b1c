import { foreignLanguageOf, phpEvidence } from '../../src/catalog/languages';
import type { Codemod, CodemodInput, CodemodResult, Edit, FindingDraft } from '../codemod';
import { GrammarError } from '../grammars';
import { commentAbove } from '../rewriting/comment-above';
import { PHP_HELPER, phpHelper } from './emitted-class';
import { requireSdk } from './composer';
import { loadHelper, placeOfHelper } from './load-helper';
import type { DroppedParameter } from './request';
import { rewriteFile, type CallOutcome } from './rewrite-file';
import { styleOf } from './style';
import { PhpSource, statementOf } from './tree';

const NAME = 'php';
const CALL = 'php/operation-call';
const PARAMETER = 'php/request-field';

interface Rewritten {
  readonly source: PhpSource;
  readonly outcomes: readonly CallOutcome[];
}

function describe({ operation }: CallOutcome): Pick<FindingDraft, 'legacy' | 'replacement'> {
  const v2 = operation.v2;
  return {
    legacy: { name: operation.name, operation: operation.name },
    replacement: v2 === null ? null : { name: v2.sdkMethod, operation: v2.http },
  };
}

const base = { codemod: NAME, surface: 'other-language', confidence: 'high' } as const;

function findingsOf({ source, outcomes }: Rewritten): FindingDraft[] {
  return outcomes.flatMap((outcome): FindingDraft[] => {
    const { call, operation } = outcome;
    const place = { path: source.path, start: call.start, end: call.end };
    const becomes = operation.v2 === null ? 'nothing' : operation.v2.sdkMethod;
    if (!outcome.isRewritten) {
      const message = `${operation.name} is called, ${becomes} in v2. It stays, because ${outcome.because}.`;
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
    ];
  });
}

/** What to write by hand: the v2 call where its parameters are known. */
function guidanceOf({ operation, suggestion }: Extract<CallOutcome, { isRewritten: false }>): string {
  const written = suggestion === undefined ? '' : ` In v2 the call is ${suggestion.replace(/\s+/g, ' ')}.`;
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

/** What somebody must decide stays in the code, above the statement that was rewritten. */
function decisionsOf({ source, outcomes }: Rewritten): Edit[] {
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

function editsOf(file: Rewritten, helper: string): Edit[] {
  const edits = file.outcomes.flatMap((outcome) => (outcome.isRewritten ? outcome.edits : []));
  if (edits.length === 0) return [];
  return [...edits, ...decisionsOf(file), ...loadHelper(file.source, helper, styleOf(file.source).newline)];
}

/** Undefined where there is no grammar for this machine, or the code is nested too deep, which is said. */
function parseOrSay(path: string, text: string, failures: { path: string; error: string }[]): PhpSource | undefined {
  try {
    return new PhpSource(path, text);
  } catch (error) {
    if (!(error instanceof GrammarError || error instanceof RangeError)) throw error;
    failures.push({ path, error: error.message });
    return undefined;
  }
}

function run(input: CodemodInput): CodemodResult {
  const units = input.files.filter(
    ({ path, text }) => foreignLanguageOf(path)?.name === 'php' && phpEvidence.test(text) && !path.endsWith(PHP_HELPER),
  );
  const failures: { path: string; error: string }[] = [];
  const files = units.flatMap(({ path, text }): Rewritten[] => {
    const source = parseOrSay(path, text, failures);
    if (source === undefined) return [];
    if (source.isWhole) return [{ source, outcomes: rewriteFile(source) }];
    failures.push({ path, error: 'it has a syntax error, or is written in a PHP that this version does not know.' });
    return [];
  });
  const changed = files.filter(({ outcomes }) => outcomes.some(({ isRewritten }) => isRewritten));
  const existing = input.files.find(({ path }) => path.split('/').pop() === PHP_HELPER);
  const helper = existing?.path ?? placeOfHelper(changed.map(({ source }) => source.path));
  const required = requireSdk(
    input.files,
    changed.map(({ source }) => source.path),
  );
  return {
    edits: [...changed.flatMap((file) => editsOf(file, helper)), ...required.edits],
    newFiles: changed.length === 0 || existing !== undefined ? [] : [{ path: helper, text: phpHelper }],
    findings: [...files.flatMap(findingsOf), ...required.findings],
    failures,
  };
}

export const codemod: Codemod = {
  name: NAME,
  description:
    'Calls of the legacy PHP SDK for orders that exist become calls of its v2 SDK, with all that reads their answers.',
  surfaces: ['other-language'],
  run,
};
