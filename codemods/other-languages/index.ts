import { foreignEvidence, codeLanguageOf, foreignLanguages } from '../../src/catalog/languages';
import type { Codemod, CodemodInput, CodemodResult, SourceUnit } from '../codemod';
import { describeLegacyCall } from './describe-call';
import { findCalls } from './find-calls';
import { findClasses } from './find-classes';
import { findDependencies } from './find-dependencies';
import { findMention } from './find-mentions';
import { findNeighbours } from './find-neighbours';
import { findReads } from './find-reads';
import { findTextOnly } from './find-text-only';
import { findTemplateNames } from './find-template-tags';
import { findRequests } from './find-requests';
import { ClientFollower } from './follow-clients';
import type { FileNames } from './names';
import { toFinding, type Place } from './place';
import { readFile } from './read-file';

interface Failure {
  readonly path: string;
  readonly error: string;
}

/** Reads the files of the other languages; one that cannot be read is named with the reason. */
export function readFiles(units: readonly SourceUnit[]): { readonly files: FileNames[]; readonly failures: Failure[] } {
  const files: FileNames[] = [];
  const failures: Failure[] = [];
  const texts = new Map(units.map(({ path, text }) => [path, text]));
  const known = units.filter(({ text }) => foreignEvidence.test(text));
  const others = units.filter(({ text }) => !foreignEvidence.test(text)).map(({ path }) => path);
  const near = new Set(findNeighbours(known, others, (path) => texts.get(path) ?? ''));
  for (const unit of units) {
    const language = codeLanguageOf(unit.path, unit.text);
    if (language === undefined || !(near.has(unit.path) || foreignEvidence.test(unit.text))) continue;
    try {
      files.push(readFile(unit, language));
    } catch (error) {
      failures.push({ path: unit.path, error: error instanceof Error ? error.message : String(error) });
    }
  }
  return { files, failures };
}

const isInside = (inner: Place, outer: Place): boolean =>
  inner !== outer && outer.node.start <= inner.node.start && inner.node.end <= outer.node.end;

/** A part of a longer read says nothing more, nor does an object that is only made to be handed to a call. */
function withoutParts(places: readonly Place[]): Place[] {
  const outers: Readonly<Record<string, string>> = {
    'other-language/response-read': 'other-language/response-read',
    'other-language/sdk-class': 'other-language/operation',
  };
  return places.filter((place) => !places.some((outer) => outer.rule === outers[place.rule] && isInside(place, outer)));
}

/** `global using` of C# holds for all files. */
function shareImports(files: readonly FileNames[]): void {
  const shared = files.flatMap(({ imports }) => imports.filter(({ isGlobal }) => isGlobal === true));
  for (const file of files) file.shared.push(...shared);
}

function findPlaces(files: readonly FileNames[], texts: readonly SourceUnit[]): Place[] {
  shareImports(files);
  const follower = new ClientFollower(files, texts);
  const calls = findCalls(files, follower);
  return files.flatMap((file) => {
    const own = calls.filter((call) => call.file === file).map(describeLegacyCall);
    const places = [...own, ...findClasses(file), ...findReads(file, follower), ...findRequests(file)];
    return withoutParts(places.length === 0 ? findMention(file) : places);
  });
}

function run(input: CodemodInput): CodemodResult {
  const { files, failures } = readFiles(input.files);
  // Clients do not pass from one language to another.
  const places = Object.values(foreignLanguages).flatMap((language) =>
    findPlaces(
      files.filter((file) => file.language === language),
      input.files,
    ),
  );
  const named = input.files.filter(({ path, text }) => codeLanguageOf(path, text) === undefined);
  const findings = [
    ...places.map(toFinding),
    ...findTemplateNames(named),
    ...findTextOnly(named),
    ...findDependencies(input.files),
  ];
  return { edits: [], newFiles: [], findings, failures };
}

/**
 * Lists legacy Amazon Pay in PHP, Python, Ruby, Java, C# and Go, each place with what to write in that language, and the files
 * of languages that are read by their text.
 */
export const codemod: Codemod = {
  name: 'other-languages',
  description:
    'Legacy SDKs and hand-made MWS requests in PHP, Python, Ruby, Java, C# and Go, with the v2 code to write.',
  surfaces: ['other-language'],
  run,
};
