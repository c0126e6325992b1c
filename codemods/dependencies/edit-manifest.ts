import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { Edit } from '../codemod';
import { detectStyle, indentAt } from '../rewriting/style';
import { membersOf } from './read-manifest';

// jsonc-parser's own `modify` formats the neighbours of what it changes (`"b":"2"` gains a blank, an object on one line is
// broken up), so only its positions are used here and the edits are made by hand.

const endOf = (node: Node): number => node.offset + node.length;

const nodeAt = (text: string, path: readonly (string | number)[]): Node | undefined => {
  const root = parseTree(text);
  return root === undefined ? undefined : findNodeAtLocation(root, [...path]);
};

/** Takes one child out of an object or array together with the comma and the white space that belong to it. */
function cutChild(text: string, parent: Node, child: Node): string {
  const children = parent.children ?? [];
  const index = children.indexOf(child);
  const next = children[index + 1];
  if (next !== undefined) return text.slice(0, child.offset) + text.slice(next.offset);
  const previous = children[index - 1];
  if (previous !== undefined) return text.slice(0, endOf(previous)) + text.slice(endOf(child));
  return text.slice(0, parent.offset + 1) + text.slice(endOf(parent) - 1);
}

/** The text of package.json without the member at a path; unchanged when there is none. */
export function removeMember(text: string, path: readonly string[]): string {
  const member = nodeAt(text, path)?.parent;
  return member?.parent === undefined ? text : cutChild(text, member.parent, member);
}

/** The text of package.json without one string of an array (`bundledDependencies`). */
export function removeElement(text: string, path: readonly string[], element: string): string {
  const array = nodeAt(text, path);
  const child = array?.type === 'array' ? array.children?.find(({ value }) => value === element) : undefined;
  return array === undefined || child === undefined ? text : cutChild(text, array, child);
}

/** The way npm sorts, so that its next `npm install` leaves the order alone. */
const before = (left: string, right: string): boolean => left.localeCompare(right, 'en') < 0;

const isSorted = (names: readonly string[]): boolean =>
  names.every((name, index) => index === 0 || !before(name, names[index - 1] ?? ''));

/** Adds a section at the end of package.json, in the file's own indentation. */
function addSection(text: string, section: string, entry: string): string {
  const { unit, eol } = detectStyle(text);
  const root = parseTree(text);
  if (root === undefined) return text;
  const children = root.children ?? [];
  const last = children.at(-1);
  const indent = last === undefined ? unit : indentAt(text, last.offset);
  const body = `"${section}": {${eol}${indent}${unit}${entry}${eol}${indent}}`;
  if (last === undefined)
    return `${text.slice(0, root.offset)}{${eol}${indent}${body}${eol}}${text.slice(endOf(root))}`;
  return `${text.slice(0, endOf(last))},${eol}${indent}${body}${text.slice(endOf(last))}`;
}

/** What stands between two members, or between the brace and the first one. */
function separatorOf(text: string, object: Node, first: Node): string {
  const second = object.children?.[1];
  if (second !== undefined) return text.slice(text.lastIndexOf(',', second.offset - 1) + 1, second.offset);
  const lead = text.slice(object.offset + 1, first.offset);
  return lead.includes('\n') ? lead : ' ';
}

/**
 * Adds a dependency to a section of package.json, or of composer.json: in order when the section was sorted, otherwise in the place of `insteadOf` or at the
 * end. `insteadOf` leaves in any case.
 */
export function addDependency(
  text: string,
  section: string,
  name: string,
  specifier: string,
  insteadOf?: string,
): string {
  const colon = /"\s*:(\s*)"/.exec(text.slice(nodeAt(text, [section])?.offset ?? 0))?.[1] ?? ' ';
  const entry = `${JSON.stringify(name)}:${colon}${JSON.stringify(specifier)}`;
  const object = nodeAt(text, [section]);
  if (object !== undefined && object.type !== 'object') return fillEmpty(text, object, entry);
  if (object === undefined) return addSection(text, section, entry.replace(/:\s*/, ': '));
  const members = membersOf(object);
  const sorted = isSorted(members.map((member) => member.name));
  const replaced = members.find((member) => member.name === insteadOf);
  if (replaced !== undefined && (members.length === 1 || !sorted)) {
    return text.slice(0, replaced.member.offset) + entry + text.slice(endOf(replaced.member));
  }
  if (replaced !== undefined) return addDependency(cutChild(text, object, replaced.member), section, name, specifier);
  const [first] = members;
  if (first === undefined) return fillEmpty(text, object, entry);
  const separator = separatorOf(text, object, first.member);
  const follower = sorted ? members.find((member) => before(name, member.name)) : undefined;
  if (follower !== undefined)
    return `${text.slice(0, follower.member.offset)}${entry},${separator}${text.slice(follower.member.offset)}`;
  const last = members.at(-1) ?? first;
  return `${text.slice(0, endOf(last.member))},${separator}${entry}${text.slice(endOf(last.member))}`;
}

function fillEmpty(text: string, object: Node, entry: string): string {
  const { unit, eol } = detectStyle(text);
  const indent = indentAt(text, object.parent?.offset ?? object.offset);
  return `${text.slice(0, object.offset)}{${eol}${indent}${unit}${entry}${eol}${indent}}${text.slice(endOf(object))}`;
}

/** One edit that turns one text into another and leaves the ends that they share alone. */
export function editBetween(path: string, from: string, to: string): Edit[] {
  if (from === to) return [];
  const shortest = Math.min(from.length, to.length);
  let start = 0;
  while (start < shortest && from[start] === to[start]) start += 1;
  let tail = 0;
  while (tail < shortest - start && from[from.length - 1 - tail] === to[to.length - 1 - tail]) tail += 1;
  return [{ path, start, end: from.length - tail, text: to.slice(start, to.length - tail) }];
}
