import { foreignLanguageOf, foreignLanguages } from '../../src/catalog/languages';
import { sdkCopies, type SdkCopy } from '../../src/catalog/languages/copies';
import type { FindingDraft } from '../codemod';
import type { NamedText } from './module-paths';

/** A copy of a legacy SDK that lies in the merchant's tree. */
export interface VendoredCopy {
  readonly paths: readonly string[];
  /** Where the copy is listed: at its client. */
  readonly finding: FindingDraft;
}

interface Member extends NamedText {
  readonly folder: string;
  /** The path within the folder. */
  readonly rest: string;
}

/** A file of the SDK has the class that it is named after; one of the merchant beside it has another. */
const isNamedLikeIts = ({ path, text }: NamedText): boolean => {
  const base = path.replace(/^.*\//, '').replace(/\.\w+$/, '');
  return new RegExp(`\\b(?:class|interface|trait|enum|struct|record)\\s+(?:\\w+_)?${base}\\b`).test(text);
};
const NAMED_BY_CLASS = /^(?:php|java|csharp)$/;

function membersOf(row: SdkCopy, texts: readonly NamedText[]): Map<string, Member[]> {
  const folders = new Map<string, Member[]>();
  for (const { path, text } of texts) {
    const [, folder, rest] = row.files.exec(path) ?? [];
    if (folder === undefined || rest === undefined || !row.declares.test(text)) continue;
    if (NAMED_BY_CLASS.test(row.language) && !isNamedLikeIts({ path, text })) continue;
    folders.set(folder, [...(folders.get(folder) ?? []), { path, text, folder, rest }]);
  }
  return folders;
}

function copyIn(row: SdkCopy, members: readonly Member[], silent: ReadonlySet<string>): VendoredCopy | undefined {
  const client = members.find(({ rest, text }) => row.client.file.test(rest) && row.client.declares.test(text));
  if (client === undefined) return undefined;
  const rests = [
    ...members.map(({ rest }) => rest),
    ...[...silent].flatMap((path) => (path.startsWith(client.folder) ? [path.slice(client.folder.length)] : [])),
  ];
  const heart = row.core.filter((file) => rests.some((rest) => file.test(rest)));
  if (heart.length < row.needs) return undefined;
  return { paths: members.map(({ path }) => path), finding: describe(row, client, members.length) };
}

/**
 * Copies of legacy SDKs among the files of a project.
 *
 * @param paths all files of the project: those of a copy that hold no word of legacy Amazon Pay count by their names
 */
export function findCopies(texts: readonly NamedText[], paths: readonly string[]): VendoredCopy[] {
  const known = new Set(texts.map(({ path }) => path));
  const silent = new Set(paths.filter((path) => !known.has(path) && foreignLanguageOf(path) !== undefined));
  return sdkCopies.flatMap((row) =>
    [...membersOf(row, texts).values()].flatMap((members) => copyIn(row, members, silent) ?? []),
  );
}

function describe(row: SdkCopy, client: Member, count: number): FindingDraft {
  const { v2, withoutSdk } = foreignLanguages[row.language];
  const match = row.client.declares.exec(client.text);
  const [declared = ''] = match ?? [];
  const end = (match?.index ?? 0) + declared.length;
  const folder = client.folder === '' ? 'the root' : client.folder;
  return {
    codemod: 'other-languages',
    surface: 'other-language',
    automation: 'manual',
    confidence: 'high',
    rule: 'other-language/vendored-sdk',
    path: client.path,
    start: end - declared.trimStart().length,
    end,
    rewritten: false,
    legacy: { name: row.sdk },
    replacement: v2 === null ? null : { name: v2.dependency },
    message: `A copy of ${row.sdk} lies in ${folder} (${count} ${count === 1 ? 'file' : 'files'}); its own code is not listed.`,
    guidance: `Compare it with the release that it was taken from: what was changed in it has to be migrated too. Delete it with the last code that uses it. ${v2 === null ? (withoutSdk ?? '') : v2.install}`,
    ...(v2 === null ? {} : { docs: v2.docs }),
  };
}
