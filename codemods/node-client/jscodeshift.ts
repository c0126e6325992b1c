import type { API, FileInfo } from 'jscodeshift';
import { codemod } from '.';
import type { Edit, SourceUnit } from '../codemod';

/**
 * The same codemod under plain jscodeshift, one file at a time:
 *
 *   jscodeshift -t node_modules/amazon-pay-migrate/dist/codemods/node-client/jscodeshift.js --parser=tsx src
 *
 * Types do not travel between files here, and nothing is reported: use `amazon-pay-migrate migrate` for a whole project.
 * Returns undefined for a file that does not change, as jscodeshift asks for.
 */
export default async function transform(file: FileInfo, api: API): Promise<string | undefined> {
  const unit: SourceUnit = { path: file.path.replace(/^\/+/, ''), text: file.source, language: 'javascript' };
  const { edits } = await codemod.run({ files: [unit], packages: [], strategy: 'instead' });
  if (edits.length === 0) return undefined;
  const text = [...edits].sort((a, b) => b.start - a.start).reduce(splice, file.source);
  // jscodeshift's own parser has the last word on whether the result is a program.
  api.jscodeshift(text);
  return text;
}

const splice = (text: string, edit: Edit): string => text.slice(0, edit.start) + edit.text + text.slice(edit.end);
