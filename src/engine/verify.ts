import type { CodemodInput, Edit, PackageInfo, SourceUnit } from '../../codemods/codemod';
import { encode } from '../workspace/decode-text';
import { isScript, type SyntaxCheck } from './check-syntax';
import type { Encoding } from './loaded-file';
import type { Rewriting } from './rewrite';
import { leaveOutPartial, runCodemods, type CodemodRun, type LoadedCodemod } from './run-codemods';
import { isRemark } from './settle-remarks';

/** Why a change is refused: `reason` is short and the same for all of its kind. */
export interface Refusal {
  readonly reason: string;
  readonly error: string;
  /** Someone wanted it so, which is no failure. */
  readonly declined?: true;
}

/** Refuses rewritten scripts that do not parse, and texts that the encoding of their file cannot hold. */
export function verifyTexts(
  { texts, spans, newFiles }: Rewriting,
  encodings: ReadonlyMap<string, Encoding>,
  checkSyntax: SyntaxCheck,
): Map<string, Refusal> {
  const refusals = new Map<string, Refusal>();
  for (const path of [...spans.keys(), ...newFiles.keys()]) {
    const text = texts.get(path) ?? '';
    const error = isScript(path) ? checkSyntax(path, text) : undefined;
    if (error !== undefined) refusals.set(path, { reason: 'does not parse after rewriting', error });
    const encoding = encodings.get(path);
    if (encoding === 'latin1' && encode(text, encoding).toString('latin1') !== text) {
      const problem = 'the new text has characters that the encoding of this file (latin1) does not have';
      refusals.set(path, { reason: 'cannot be written in its encoding', error: problem });
    }
  }
  return refusals;
}

/** A second run of a codemod would do something more: the first one has not done what it says. */
export const notStable = (codemod: string, what: string): Refusal => ({
  reason: 'not stable',
  error: `not stable: a second run of ${codemod} would ${what}`,
});

/** What a second run shows. */
export interface Stability {
  readonly refusals: Map<string, Refusal>;
  /** What it says of files on which it only remarks something. */
  readonly remarks: readonly CodemodRun[];
}

/** Refuses files that a second run would change again. */
export async function verifyStability(
  { texts, newFiles }: Rewriting,
  codemods: readonly LoadedCodemod[],
  input: CodemodInput,
  broken: readonly SourceUnit[],
  refused: ReadonlyMap<string, unknown>,
): Promise<Stability> {
  const refusals = new Map<string, Refusal>();
  const second = (await runCodemods(codemods, input, broken)).map((run, index) =>
    codemods[index]?.reads === 'rewritten' ? leaveOutPartial(run, refused) : run,
  );
  const isNews = ({ path, start, end, text }: Edit): boolean => texts.get(path)?.slice(start, end) !== text;
  for (const { name, result, crashed } of second) {
    for (const [path, error] of crashed) refusals.set(path, { reason: 'a codemod crashed on what it becomes', error });
    const refuse = (path: string, what: string): void => {
      if (!refusals.has(path)) refusals.set(path, notStable(name, what));
    };
    for (const edit of result.edits)
      if (isNews(edit) && (!isRemark(edit) || newFiles.has(edit.path))) refuse(edit.path, 'change this file again');
    for (const { path, text } of result.newFiles) {
      if (texts.get(path) !== text) refuse(path, 'write this file again');
    }
  }
  return { refusals, remarks: second.map((run) => remarksOf(run, isNews, refusals)) };
}

/** What of a second run is said of files on which nothing but remarks is new. */
function remarksOf(
  run: CodemodRun,
  isNews: (edit: Edit) => boolean,
  refusals: ReadonlyMap<string, Refusal>,
): CodemodRun {
  const edits = run.result.edits.filter((edit) => isNews(edit) && !refusals.has(edit.path));
  const paths = new Set(edits.map(({ path }) => path));
  const findings = run.result.findings.filter(({ path, rewritten }) => rewritten && paths.has(path));
  return { ...run, result: { edits, newFiles: [], findings, failures: [] } };
}

/** What the codemods would get if they ran on the rewritten files. */
export function describeRewritten(
  found: CodemodInput,
  { texts, newFiles }: Rewriting,
  languageOf: (path: string) => SourceUnit['language'],
): CodemodInput {
  const files = found.files.map((unit) => ({ ...unit, text: texts.get(unit.path) ?? unit.text }));
  for (const [path, { text }] of newFiles) files.push({ path, text, language: languageOf(path) });
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    ...found,
    files,
    asFound: found.asFound ?? found.files,
    packages: found.packages.map((one) => refreshPackage(one, texts)),
  };
}

/** A package whose manifest was rewritten declares something else. */
function refreshPackage(info: PackageInfo, texts: ReadonlyMap<string, string>): PackageInfo {
  const text = texts.get(info.directory === '' ? 'package.json' : `${info.directory}/package.json`);
  const manifest = text === undefined ? undefined : parseObject(text);
  if (manifest === undefined) return info;
  const sections = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];
  const entries = sections.flatMap((section) => Object.entries(manifest[section] ?? {}));
  return {
    ...info,
    dependencies: new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string')),
  };
}

function parseObject(text: string): Record<string, object> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.fromEntries(
      Object.entries(value).filter(
        (entry): entry is [string, object] => typeof entry[1] === 'object' && entry[1] !== null,
      ),
    );
  } catch {
    return undefined;
  }
}
