import { foreignLanguageOf, phpEvidence } from '../../src/catalog/languages';
import type { Codemod, CodemodInput, CodemodResult, Edit, FindingDraft } from '../codemod';
import { requireSdk } from './composer';
import { decisionsOf, findingsOf, type Rewritten } from './describe-calls';
import { Elsewhere } from './elsewhere';
import { phpHelper } from './emitted-class';
import { isEmitted, isHelper } from './emitted-files';
import { PHP_NOTIFICATION, phpNotification } from './emitted-notification';
import { findHandlers } from './find-handlers';
import { keepApart } from './keep-apart';
import { isLegacyGone, unloadCopies } from './legacy-sdk';
import { loadHelper, placeOfHelper } from './load-helper';
import { Project } from './project';
import { callsOperation, rewriteFile } from './rewrite-file';
import type { PhpSource } from './tree';
import { migrateClients, NAMED } from './clients/migrate-clients';

const pathsOf = (edits: readonly Edit[]): string[] => [...new Set(edits.map(({ path }) => path))];

/** Files that change together or not at all: what one returns another one reads. */
const togetherIn = (files: readonly Rewritten[]): string[][] =>
  files
    .flatMap(({ outcomes }) => outcomes.map((outcome) => (outcome.isRewritten ? pathsOf(outcome.edits) : [])))
    .filter(({ length }) => length > 1);

/** What keeps every legacy client of a project: something may use it that nobody has read. */
function againstClients(project: Project, { files, unread = [] }: CodemodInput): string[] {
  const isPhp = (path: string): boolean => foreignLanguageOf(path)?.name === 'php';
  const failed = files.filter(({ path, text }) => project.failures.has(path) && phpEvidence.test(text));
  const unknown = [...failed.map(({ path }) => path), ...unread.filter(isPhp)].map(
    (path) => `${path} could not be read`,
  );
  const settings =
    files.find(({ path, text }) => !isPhp(path) && NAMED.test(text))?.path ?? project.elsewhere.find('settings', NAMED);
  const helper = files.find(({ path }) => isHelper(path));
  return [
    ...unknown,
    ...(settings === undefined ? [] : [`${settings} names its class`]),
    ...(helper === undefined || helper.text.includes('function connect(')
      ? []
      : [`${helper.path} is of an earlier version, without connect(): delete it, and it is written anew`]),
  ];
}

/** The file by which notifications are received, beside those that receive them. */
function newNotification(files: CodemodInput['files'], handlers: readonly FindingDraft[]): CodemodResult['newFiles'] {
  if (handlers.length === 0 || files.some(({ path }) => path.endsWith(PHP_NOTIFICATION))) return [];
  return [
    {
      path: placeOfHelper(
        handlers.map(({ path }) => path),
        PHP_NOTIFICATION,
      ),
      text: phpNotification,
    },
  ];
}

function run(input: CodemodInput): CodemodResult {
  const elsewhere = new Elsewhere(input.searchElsewhere);
  const parsed = new Map<string, PhpSource>();
  for (;;) {
    const result = migrate(input, elsewhere, parsed);
    if (!elsewhere.answerAll()) return result;
  }
}

function migrate(input: CodemodInput, elsewhere: Elsewhere, parsed: Map<string, PhpSource>): CodemodResult {
  const project = new Project(
    input.files.filter(({ path }) => foreignLanguageOf(path)?.name === 'php' && !isEmitted(path)),
    elsewhere,
    parsed,
  );
  const found = keepApart(
    project
      .readAll(({ text }) => phpEvidence.test(text) || callsOperation.test(text))
      .map((file) => ({ file, outcomes: rewriteFile(project, file) })),
  );
  const against = againstClients(project, input);
  const clients = migrateClients(project, found, against);
  const own = [
    ...clients.files.flatMap((file) => [
      ...file.outcomes.flatMap((outcome) => (outcome.isRewritten ? outcome.edits : [])),
      ...decisionsOf(file),
    ]),
    ...clients.edits,
  ];
  const isGone = against.length === 0 && isLegacyGone(project.units, own);
  const unloaded = isGone ? unloadCopies(project) : { edits: [], findings: [] };
  const edits = [...own, ...unloaded.edits];
  const users = pathsOf(edits.filter(({ text }) => text.includes('AmazonPayV2::')));
  const existing = input.files.find(({ path }) => isHelper(path));
  const helper = existing?.path ?? placeOfHelper(users);
  const loading = project
    .readAll(({ path }) => users.includes(path))
    .flatMap(({ source, style }) => loadHelper(source, helper, style.newline, clients.removed));
  const handlers = project.readAll(({ text }) => phpEvidence.test(text)).flatMap(findHandlers);
  const required = requireSdk(input.files, pathsOf(edits), isGone);
  return {
    edits: [...edits, ...loading, ...required.edits],
    newFiles: [
      ...(users.length === 0 || existing !== undefined ? [] : [{ path: helper, text: phpHelper }]),
      ...newNotification(input.files, handlers),
    ],
    findings: [
      ...handlers,
      ...clients.files.flatMap(findingsOf),
      ...clients.findings,
      ...unloaded.findings,
      ...required.findings,
    ],
    failures: [...project.failures].flatMap(([path, error]) =>
      input.files.some((unit) => unit.path === path && phpEvidence.test(unit.text)) ? [{ path, error }] : [],
    ),
    together: [...togetherIn(clients.files), ...clients.together],
  };
}

export const codemod: Codemod = {
  name: 'php',
  description:
    'Calls of the legacy PHP SDK for orders that exist become calls of its v2 SDK, with all that reads their answers.',
  surfaces: ['other-language'],
  run,
};
