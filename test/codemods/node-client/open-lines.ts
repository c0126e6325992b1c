import { ts } from 'ts-morph';
import { codemod } from '../../../codemods/node-client';
import { migrateTexts } from '../run-codemod';

const TODO = /TODO\(amazon-pay-v2\)/;

/** Lines, from 1, of the statements and members below whose comments somebody has to decide something. */
function linesBelowComments(path: string, text: string): number[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lines: number[] = [];
  const lineOf = (offset: number): number => source.getLineAndCharacterOfPosition(offset).line + 1;
  const visit = (node: ts.Node): void => {
    const isPlace = ts.isStatement(node) || ts.isClassElement(node);
    if (isPlace && TODO.test(text.slice(node.getFullStart(), node.getStart())))
      for (let line = lineOf(node.getStart()); line <= lineOf(node.getEnd()); line += 1) lines.push(line);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return lines;
}

/** Where the report of a migrated tree says that there is work left: `src/pay.ts:12`. */
export async function openLines(files: ReadonlyMap<string, string>): Promise<ReadonlySet<string>> {
  const { findings } = await migrateTexts(codemod, files);
  const found = findings.map(
    ({ path, start }) => `${path}:${(files.get(path) ?? '').slice(0, start).split('\n').length}`,
  );
  const scripts = [...files].filter(([path]) => /\.[cm]?tsx?$/.test(path));
  const decided = scripts.flatMap(([path, text]) => linesBelowComments(path, text).map((line) => `${path}:${line}`));
  return new Set([...found, ...decided]);
}
