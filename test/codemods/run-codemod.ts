import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type {
  Codemod,
  CodemodResult,
  Edit,
  FindingDraft,
  Language,
  PackageInfo,
  SourceUnit,
} from '../../codemods/codemod';
import { findConfigurations } from '../../src/workspace/find-configurations';

const languages: Readonly<Record<string, Language>> = {
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  ts: 'typescript',
  tsx: 'tsx',
  jsx: 'jsx',
  json: 'json',
};

export const languageOf = (path: string): Language => languages[path.slice(path.lastIndexOf('.') + 1)] ?? 'other';

/** Every file below a folder, by its path relative to it. */
export function readTree(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  const visit = (directory: string): void => {
    for (const name of readdirSync(directory).sort()) {
      const path = join(directory, name);
      if (statSync(path).isDirectory()) visit(path);
      else files.set(relative(folder, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }
  };
  visit(folder);
  return files;
}

/** What the engine would tell the codemods about the packages of a tree. */
function packagesOf(files: ReadonlyMap<string, string>): PackageInfo[] {
  const found = [...files].filter(([path]) => /(?:^|\/)package\.json$/.test(path));
  const packages = found.map(([path, text]): PackageInfo => {
    const manifest = JSON.parse(text) as {
      name?: string;
      main?: string;
      type?: string;
      dependencies?: Record<string, string>;
    };
    const directory = path.replace(/\/?package\.json$/, '');
    return {
      directory,
      ...(manifest.name === undefined ? {} : { name: manifest.name }),
      ...(manifest.main === undefined ? {} : { main: manifest.main }),
      moduleType: manifest.type === 'module' ? 'module' : 'commonjs',
      usesTypeScript: [...files.keys()].some((name) => name.endsWith('.ts')),
      dependencies: new Map(Object.entries(manifest.dependencies ?? {})),
    };
  });
  return packages.sort((a, b) => b.directory.length - a.directory.length);
}

export interface Migrated {
  readonly files: Map<string, string>;
  readonly findings: readonly FindingDraft[];
  readonly edits: readonly Edit[];
  readonly failures: CodemodResult['failures'];
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  }
  return result;
}

/** Runs one codemod over a tree of texts and applies what it says. */
export async function migrateTexts(
  codemod: Codemod,
  files: ReadonlyMap<string, string>,
  strategy: 'instead' | 'beside' = 'instead',
): Promise<Migrated> {
  const units = [...files].map(([path, text]): SourceUnit => ({ path, text, language: languageOf(path) }));
  const packages = packagesOf(files);
  const configurations = findConfigurations([...files.keys()], (path) => files.get(path));
  const result: CodemodResult = await codemod.run({ files: units, packages, configurations, strategy });
  const after = new Map(
    [...files].map(([path, text]) => [
      path,
      applyEdits(
        text,
        result.edits.filter((edit) => edit.path === path),
      ),
    ]),
  );
  for (const file of result.newFiles) after.set(file.path, file.text);
  return { files: after, findings: result.findings, edits: result.edits, failures: result.failures };
}

/** One line for each finding, as fixtures keep them. */
export function describeFindings(files: ReadonlyMap<string, string>, findings: readonly FindingDraft[]): string[] {
  return findings
    .map((finding) => {
      const line = (files.get(finding.path) ?? '').slice(0, finding.start).split('\n').length;
      const operation = finding.legacy.operation === undefined ? '' : ` ${finding.legacy.operation}`;
      return `${finding.path}:${line} ${finding.automation}${finding.rewritten ? '' : ' (open)'} ${finding.rule}${operation}`;
    })
    .sort();
}
