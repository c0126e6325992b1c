import { foreignLanguageOf, phpEvidence } from '../../src/catalog/languages';
import type { Codemod, CodemodInput, CodemodResult, Edit } from '../codemod';
import { requireSdk } from './composer';
import { decisionsOf, findingsOf, type Rewritten } from './describe-calls';
import { PHP_HELPER, phpHelper } from './emitted-class';
import { keepApart } from './keep-apart';
import { loadHelper, placeOfHelper } from './load-helper';
import { Project } from './project';
import { rewriteFile } from './rewrite-file';

const pathsOf = (edits: readonly Edit[]): string[] => [...new Set(edits.map(({ path }) => path))];

/** Files that change together or not at all: what one returns another one reads. */
const togetherIn = (files: readonly Rewritten[]): string[][] =>
  files
    .flatMap(({ outcomes }) => outcomes.map((outcome) => (outcome.isRewritten ? pathsOf(outcome.edits) : [])))
    .filter(({ length }) => length > 1);

function run(input: CodemodInput): CodemodResult {
  const isOwn = ({ path }: { readonly path: string }): boolean => path.split('/').pop() === PHP_HELPER;
  const project = new Project(
    input.files.filter((unit) => foreignLanguageOf(unit.path)?.name === 'php' && !isOwn(unit)),
    input.searchElsewhere,
  );
  const files = project.readAll(({ text }) => phpEvidence.test(text));
  const rewritten = keepApart(files.map((file) => ({ source: file.source, outcomes: rewriteFile(project, file) })));
  const edits = rewritten.flatMap((file) => [
    ...file.outcomes.flatMap((outcome) => (outcome.isRewritten ? outcome.edits : [])),
    ...decisionsOf(file),
  ]);
  const users = pathsOf(edits.filter(({ text }) => text.includes('AmazonPayV2::')));
  const existing = input.files.find(isOwn);
  const helper = existing?.path ?? placeOfHelper(users);
  const loading = project
    .readAll(({ path }) => users.includes(path))
    .flatMap(({ source, style }) => loadHelper(source, helper, style.newline));
  const required = requireSdk(input.files, pathsOf(edits));
  return {
    edits: [...edits, ...loading, ...required.edits],
    newFiles: users.length === 0 || existing !== undefined ? [] : [{ path: helper, text: phpHelper }],
    findings: [...rewritten.flatMap(findingsOf), ...required.findings],
    failures: [...project.failures].flatMap(([path, error]) =>
      input.files.some((unit) => unit.path === path && phpEvidence.test(unit.text)) ? [{ path, error }] : [],
    ),
    together: togetherIn(rewritten),
  };
}

export const codemod: Codemod = {
  name: 'php',
  description:
    'Calls of the legacy PHP SDK for orders that exist become calls of its v2 SDK, with all that reads their answers.',
  surfaces: ['other-language'],
  run,
};
