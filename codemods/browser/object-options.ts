import { ts } from 'ts-morph';
import { unwrap } from '../node-client/context';
import { readBuiltObject } from './built-objects';

/** An option of a call, by its name; a method is an option too. */
export interface OptionNode {
  readonly name: string;
  readonly node: ts.Node;
  /** The value; undefined for a method, whose node says it. */
  readonly value: ts.Expression | undefined;
  /** Code that reads it where it is not written in the call itself: `defaults.color`. It stays there. */
  readonly from?: string;
  /** Where the call names what holds it. */
  readonly place?: ts.Node;
}

/** What an argument with options holds: those that are known, and objects whose options are not. */
export interface Options {
  readonly named: readonly OptionNode[];
  readonly spread: readonly ts.Expression[];
}

/**
 * Reads the options of a call: written out, spread or merged into it, or built before in the same script; undefined when the
 * argument is missing. A later option takes the place of an earlier one of its name.
 */
export function readOptions(argument: ts.Expression | undefined): Options | undefined {
  if (argument === undefined) return undefined;
  const object = unwrap(argument);
  if (!ts.isObjectLiteralExpression(object)) return readBuiltObject(object);
  const named = new Map<string, OptionNode>();
  const spread: ts.Expression[] = [];
  const add = (option: OptionNode): void => {
    named.delete(option.name);
    named.set(option.name, option);
  };
  for (const node of object.properties) {
    if (ts.isSpreadAssignment(node)) {
      const inner = readOptions(node.expression);
      inner?.named.forEach(add);
      spread.push(...(inner?.spread ?? []));
    } else if (node.name !== undefined && (ts.isIdentifier(node.name) || ts.isStringLiteralLike(node.name))) {
      const value = ts.isPropertyAssignment(node)
        ? node.initializer
        : ts.isShorthandPropertyAssignment(node)
          ? node.name
          : undefined;
      add({ name: node.name.text, node, value });
    }
  }
  return { named: [...named.values()], spread };
}

export const optionOf = ({ named }: Options, name: string): OptionNode | undefined =>
  named.find((option) => option.name === name);

/** The text of an option that is a literal. */
export function literalOf(options: Options, name: string): string | undefined {
  const value = optionOf(options, name)?.value;
  if (value === undefined) return undefined;
  const literal = unwrap(value);
  if (ts.isStringLiteralLike(literal)) return literal.text;
  if (literal.kind === ts.SyntaxKind.TrueKeyword) return 'true';
  return literal.kind === ts.SyntaxKind.FalseKeyword ? 'false' : undefined;
}

/** What is to decide about a function that only legacy code called. */
export const NOT_CALLED = 'The function is no longer called: see whether what it did is still needed.';

/** Comments above an option, with their line ends, which go with its value. */
export function commentsAbove({ node, from }: OptionNode): string {
  if (from !== undefined) return '';
  const { text } = node.getSourceFile();
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  return ranges.length === 0 ? '' : text.slice(ranges[0]?.pos, node.getStart());
}

/** The text of an option that is a function, as an expression. */
export function functionText({ node, from }: OptionNode, emit: (node: ts.Node) => string): string | undefined {
  if (from !== undefined) return from;
  if (ts.isPropertyAssignment(node)) return emit(node.initializer);
  if (ts.isShorthandPropertyAssignment(node)) return node.name.text;
  if (!ts.isMethodDeclaration(node) || node.body === undefined) return undefined;
  const isAsync = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
  const parameters = node.parameters.map(emit).join(', ');
  return `${isAsync ? 'async ' : ''}function (${parameters}) ${emit(node.body)}`;
}
