import type { CodemodInput, Edit, NewFile, PackageInfo } from '../../codemod';
import { emitHelper, emitSdkDeclarations, isLeftOut, SDK_DECLARATIONS_FILE } from '../../emitted-helper';
import { helperSpecifier, placeHelper, splitUsers, type HelperPlace } from '../../emitted-helper/place-helper';
import { detectStyle } from '../../rewriting/style';
import type { FileContext } from '../context';
import type { HelperFunction } from '../../v2-request/types';
import { addLines, importLine, usesImport } from './rewrite-imports';

/** A rewritten file and the package that it belongs to. */
export interface HelperUserFile {
  readonly context: FileContext;
  readonly packageInfo: PackageInfo;
}

const ROOT_PACKAGE: PackageInfo = {
  directory: '',
  moduleType: 'commonjs',
  usesTypeScript: false,
  dependencies: new Map(),
};

/** The package that owns a file. */
export const packageOf = (input: CodemodInput, path: string): PackageInfo =>
  input.packages.find(({ directory }) => directory === '' || path.startsWith(`${directory}/`)) ?? ROOT_PACKAGE;

interface Placed {
  readonly newFiles: NewFile[];
  readonly edits: Edit[];
}

/** Writes the helper of each package and the lines that load it. */
export function placeHelpers(all: readonly HelperUserFile[], input: CodemodInput): Placed {
  const newFiles: NewFile[] = [];
  const edits: Edit[] = [];
  const packages = new Map(all.map(({ packageInfo }) => [packageInfo.directory, packageInfo]));
  for (const [directory, info] of packages) {
    const users = all.filter(
      ({ packageInfo, context }) =>
        packageInfo.directory === directory && (context.helpers.size > 0 || context.needsSdk),
    );
    if (users.length === 0) continue;
    const helperUsers = users.map((uses) => ({
      uses,
      path: uses.context.file.unit.path,
      usesImport: usesImport(uses.context.file.source),
    }));
    const groups = splitUsers(helperUsers);
    for (const group of groups) {
      const place = placeHelper(info, group, input.files, groups.length > 1);
      writeHelper(
        place,
        group.map(({ uses }) => uses),
        input,
        newFiles,
        edits,
      );
      for (const user of group)
        loadHelper(user.uses.context, helperSpecifier(place, user, user.uses.context.file.unit.text, input));
    }
  }
  return { newFiles, edits };
}

function writeHelper(
  place: HelperPlace,
  users: readonly HelperUserFile[],
  { files, configurations = [] }: CodemodInput,
  newFiles: NewFile[],
  edits: Edit[],
): void {
  const functions = new Set(users.flatMap(({ context }) => [...context.helpers]));
  const style = users[0]?.context.style ?? detectStyle('');
  const existing = place.existing === undefined ? {} : { existing: place.existing };
  const declarations = place.path.replace(/[^/]*$/, SDK_DECLARATIONS_FILE);
  const isReferred = place.format === 'typescript' && isLeftOut(declarations, configurations);
  const reference = isReferred ? { reference: SDK_DECLARATIONS_FILE } : {};
  const text = emitHelper({ format: place.format, functions, ...style, ...reference, ...existing });
  if (place.existing === undefined) newFiles.push({ path: place.path, text });
  else if (text !== place.existing) edits.push({ path: place.path, start: 0, end: place.existing.length, text });
  if (place.format !== 'typescript') return;
  if (!files.some(({ path }) => path === declarations))
    newFiles.push({ path: declarations, text: emitSdkDeclarations(style) });
}

/** A type is there for the compiler alone, and some settings of it want that said. */
const TYPES: ReadonlySet<HelperFunction> = new Set(['BesideLegacy']);

function typeLine(context: FileContext, name: HelperFunction, specifier: string): string {
  const { quote, semicolons } = context.style;
  const local = context.nameOf(name);
  return `import type { ${local === name ? name : `${name} as ${local}`} } from ${quote}${specifier}${quote}${semicolons ? ';' : ''}`;
}

/** One import of everything this file needs, added to what an earlier run already imports. */
function loadHelper(context: FileContext, specifier: string): void {
  const lines = context.pendingLines;
  const imports = importsOf(context, specifier);
  const present = (name: HelperFunction): boolean => {
    const local = context.nameOf(name);
    const renamed = local === name ? '' : `(?:\\s*:|\\s+as)\\s+${local}`;
    return new RegExp(`[{,]\\s*${name}${renamed}\\s*[,}]|\\bvar ${local} = [^\\n]*\\)\\.${name}\\b`).test(imports);
  };
  const missing = [...context.helpers].filter((name) => !present(name)).sort();
  const values = missing.filter((name) => !TYPES.has(name));
  if (values.length > 0) lines.push(importLine(context, values, specifier, context.nameOf));
  for (const name of missing.filter((each) => TYPES.has(each))) lines.push(typeLine(context, name, specifier));
  addLines(context, lines);
}

const importsOf = (context: FileContext, specifier: string): string =>
  context.file.source.statements
    .filter((statement) => statement.getText().includes(specifier))
    .map((statement) => statement.getText())
    .join('\n');
