import type { ForeignPackage } from '../../src/catalog/languages';
import { escapePattern } from '../../transforms/escape-pattern';
import type { Span } from './names';

/** Where a package is listed, in a text without comments. */
export type Entries = (text: string, row: ForeignPackage) => readonly Span[];

/** Entries by a pattern as source text; the row comes with an escaped name. */
export const by =
  (pattern: (name: string, row: ForeignPackage) => string | undefined): Entries =>
  (text, row) => {
    const source = pattern(escapePattern(row.name), row);
    if (source === undefined) return [];
    const matches = [...text.matchAll(new RegExp(source, 'gmi'))];
    return matches.map(({ index, 0: match }) => ({ start: index, end: index + match.length }));
  };

/** Names of packages of Python are the same with `-`, `_` and `.`. */
export const pythonName = (name: string): string => name.replace(/_/g, '[-_.]');
export const inQuotes = (name: string): string => `["']${name}["']`;
/** Where the version of a requirement, or the next thing, begins. */
const AFTER = `(?=\\s*(?:["'\\[=<>~!;@,\\\\]|$))`;
export const requirement = (name: string): string => `${pythonName(name)}${AFTER}`;
/** `group:artifact` */
export const parts = (name: string): readonly [string, string] => {
  const [group = '', artifact = ''] = name.split(':');
  return [group, artifact];
};

export const maven = by((name) => {
  const [group, artifact] = parts(name);
  const groupId = `<groupId>\\s*(?:${group}|\\$\\{[^}]*\\})\\s*</groupId>`;
  const artifactId = `<artifactId>\\s*${artifact}\\s*</artifactId>`;
  return `${groupId}\\s*${artifactId}|${artifactId}\\s*${groupId}`;
});

export const gradle = by((name) => {
  const [group, artifact] = parts(name);
  const pair = (key: string, value: string): string => `["']?\\b${key}["']?\\s*[:=]\\s*["']${value}["']`;
  const [inGroup, named] = [pair('group', group), pair('name', artifact)];
  return `["']${group}:${artifact}(?=[:"'])|${inGroup},\\s*${named}|${named},\\s*${inGroup}|["']${group}["']\\s*%%?\\s*["']${artifact}["']`;
});

/** A library that lies in a folder: `libs/amazon-pay-3.7.0.jar`. */
export const library = by((_name, { file }) => (file === undefined ? undefined : `(?<=[\\\\/"'>}])${file}`));

export const nuget = by(
  (name) =>
    `<(?:(?:Global)?Package(?:Reference|Version)\\s[^>]*?\\b(?:Include|Update)|(?:package|dependency)\\s[^>]*?\\bid)=${inQuotes(name)}`,
);

/** By its own name, or by the file that it is taken from. */
export const assembly = by((name, { file }) =>
  file === undefined
    ? undefined
    : `<Reference\\s[^>]*?\\bInclude=["'](?:${name}(?=[,"'])|[^"']*["'][^>]*(?<!/)>(?:(?!</Reference>)[\\s\\S])*?<HintPath>[^<]*\\b${file}(?=\\s*</HintPath>))`,
);
