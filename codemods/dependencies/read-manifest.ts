import { type Node, parseTree, type ParseError, printParseErrorCode } from 'jsonc-parser';

/** The sections of package.json that make npm install something, the one that matters most first. */
export const DEPENDENCY_SECTIONS = [
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'devDependencies',
] as const;

export type SectionName = (typeof DEPENDENCY_SECTIONS)[number];

/** `"amazon-payments": "^0.2.9"`, with offsets into the text of package.json. */
export interface DependencyEntry {
  readonly section: SectionName;
  readonly name: string;
  /** Range, alias, path or URL. It can hold a token, so no message repeats it. */
  readonly specifier: string;
  readonly start: number;
  readonly end: number;
  readonly nameEnd: number;
}

/** A package.json as this codemod sees it. */
export interface Manifest {
  readonly path: string;
  /** Folder relative to the root, '' for the root itself. */
  readonly directory: string;
  readonly text: string;
  readonly root: Node;
  readonly entries: readonly DependencyEntry[];
}

export type ManifestReading =
  { readonly kind: 'manifest'; readonly manifest: Manifest } | { readonly kind: 'failure'; readonly error: string };

/** No range and no address is longer. */
const LONGEST = 1000;

const isSection = (name: unknown): name is SectionName => DEPENDENCY_SECTIONS.some((section) => section === name);

/** The members of an object node, malformed ones left out. */
export function membersOf(
  node: Node | undefined,
): { readonly name: string; readonly member: Node; readonly key: Node; readonly value: Node }[] {
  if (node?.type !== 'object') return [];
  return (node.children ?? []).flatMap((member) => {
    const [key, value] = member.children ?? [];
    return key === undefined || value === undefined || typeof key.value !== 'string'
      ? []
      : [{ name: key.value, member, key, value }];
  });
}

const placeOf = (text: string, offset: number): string => {
  const lines = text.slice(0, offset).split('\n');
  return `line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
};

/** Reads a package.json; what npm itself could not read is a failure with its place, never an exception. */
export function readManifest(path: string, text: string): ManifestReading {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  if (first !== undefined || root === undefined) {
    const what =
      first === undefined ? 'it is empty' : `${printParseErrorCode(first.error)} at ${placeOf(text, first.offset)}`;
    return {
      kind: 'failure',
      error: `${path} is not valid JSON (${what}), so its dependencies were not looked at. Correct it and run again.`,
    };
  }
  if (root.type !== 'object') {
    return {
      kind: 'failure',
      error: `${path} holds no JSON object, so its dependencies were not looked at. Correct it and run again.`,
    };
  }
  const entries = membersOf(root).flatMap(({ name: section, value }) =>
    isSection(section)
      ? membersOf(value).flatMap(({ name, member, key, value: specifier }) =>
          typeof specifier.value === 'string'
            ? [
                {
                  section,
                  name,
                  specifier: specifier.value.slice(0, LONGEST),
                  start: member.offset,
                  end: member.offset + member.length,
                  nameEnd: key.offset + key.length,
                },
              ]
            : [],
        )
      : [],
  );
  return { kind: 'manifest', manifest: { path, directory: path.replace(/\/?[^/]*$/, ''), text, root, entries } };
}
