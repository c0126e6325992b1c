import { ts } from 'ts-morph';
import { elements, legacyPackages } from '../../src/catalog';
import type { SourceUnit } from '../codemod';
import { isNamedAfter, ownModules } from './own-modules';

/** Elements that a whole v2 object takes the place of. A price or an address is in what is sent, too. */
const OBJECTS: ReadonlySet<string> = new Set(['charge', 'refund', 'chargePermission', 'checkoutSession']);

/** Answers and their details. What is read by an operation comes first: two operations of one payment answer alike. */
const ANSWERS: readonly string[] = Object.keys(elements)
  .filter((name) => !name.startsWith('Draft') && OBJECTS.has(elements[name]?.v2Object ?? ''))
  .sort((one, other) => Number(other.startsWith('Get')) - Number(one.startsWith('Get')));

/** A request has ids, references and amounts; an answer has a status, or details around it. */
const isOfAnswer = (member: string): boolean => /(?:Status|Details)$/.test(member);

/** The answer that a declaration of this name and these members describes. */
function describedBy(name: string, members: readonly string[]): string | undefined {
  const has = (answer: string, member: string): boolean => elements[answer]?.fields[member] !== undefined;
  if (ANSWERS.includes(name)) {
    const known = members.filter((member) => has(name, member));
    return known.length === members.length || known.some(isOfAnswer) ? name : undefined;
  }
  if (!members.some(isOfAnswer)) return undefined;
  const own = members.filter((member) => !/^(?:requestId|ResponseMetadata)$/.test(member));
  return ANSWERS.find((answer) => own.every((member) => has(answer, member)));
}

type Declaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration;

const membersOf = (declaration: Declaration): string[] | undefined => {
  const members = ts.isInterfaceDeclaration(declaration)
    ? declaration.members
    : ts.isTypeLiteralNode(declaration.type)
      ? declaration.type.members
      : undefined;
  return members?.flatMap(({ name }) =>
    name === undefined || ts.isComputedPropertyName(name) ? [] : [name.getText()],
  );
};

/** What a file declares for a legacy package. */
function declarationsIn({ path, text }: SourceUnit, aliases: ReadonlyMap<string, string>): Declaration[] {
  const names = [...Object.keys(legacyPackages), ...aliases.keys()];
  const isOfPackage = names.some((name) => isNamedAfter(path, name));
  if (!isOfPackage && (!/\.[cm]?tsx?$/.test(path) || ownModules(text, aliases).length === 0)) return [];
  const found: Declaration[] = [];
  const visit = (node: ts.Node, isInside: boolean): void => {
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      if (isInside) found.push(node);
      return;
    }
    const isModule = ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name);
    const isLegacy = isModule && names.some((name) => node.name.text === name || node.name.text.startsWith(`${name}/`));
    ts.forEachChild(node, (child) => {
      visit(child, isModule ? isLegacy : isInside);
    });
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true), isOfPackage);
  return found;
}

/**
 * Names under which the types of a legacy package describe what it answers with, each with the element that it describes:
 * what the merchant has declared for it, and else the names that Amazon gave.
 */
export function declaredAnswers(
  files: readonly SourceUnit[],
  aliases: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map(ANSWERS.map((name) => [name, name]));
  for (const unit of files)
    for (const declaration of declarationsIn(unit, aliases)) {
      const name = declaration.name.text;
      const answer = describedBy(name, membersOf(declaration) ?? []);
      if (answer === undefined) found.delete(name);
      else found.set(name, answer);
    }
  return found;
}
