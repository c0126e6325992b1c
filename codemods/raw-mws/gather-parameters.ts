import { ts } from 'ts-morph';
import type { FileContext } from '../node-client/context';
import { declaredIn, Preparation } from './preparation';
import type { References } from './references';

/** The parameters of a request as an object that was filled step by step. */
export interface Gathered {
  readonly object: ts.ObjectLiteralExpression;
  readonly added: readonly (readonly [name: string, value: ts.Expression])[];
  /** Statements that do nothing but prepare the request. */
  readonly statements: readonly ts.Statement[];
  /** Those of them that sign and send what was set. */
  readonly machinery: readonly ts.Statement[];
}

/** The statement of a block in which a node stands, with those in front of it. */
function statementsUpTo(node: ts.Node): readonly ts.Statement[] {
  for (let current = node; !ts.isSourceFile(current); current = current.parent) {
    const { parent } = current;
    if (ts.isFunctionLike(current) && current !== node) return [];
    if (ts.isBlock(parent)) return parent.statements.slice(0, parent.statements.indexOf(current as ts.Statement) + 1);
  }
  return [];
}

/**
 * Gathers the parameters of a request from the variable that holds them.
 *
 * @param answer the expression that the v2 call replaces
 * @returns the reason why they cannot be told, when something else than preparing the request goes on
 */
export function gatherParameters(
  context: FileContext,
  references: References,
  name: ts.Identifier,
  answer: ts.Expression,
): Gathered | string {
  const variable = references.symbolOf(name);
  const up = statementsUpTo(answer);
  const first = up.findIndex((statement) =>
    declaredIn(statement).some((each) => references.symbolOf(each) === variable),
  );
  const declaration = up[first];
  if (variable === undefined || declaration === undefined || !ts.isVariableStatement(declaration))
    return `${name.text} is not made where the request is`;
  const [declarator, ...others] = declaration.declarationList.declarations;
  const object = declarator?.initializer;
  if (object === undefined || others.length > 0 || !ts.isObjectLiteralExpression(object))
    return `${name.text} is not written out`;
  const preparation = new Preparation(context, references, variable);
  for (const statement of up.slice(0, first)) if (ts.isVariableStatement(statement)) preparation.keep(statement);
  for (const statement of up.slice(first + 1, -1)) {
    const wrong = preparation.read(statement);
    if (wrong !== undefined) return wrong;
  }
  const elsewhere = preparation.useElsewhere(answer, declaration);
  if (elsewhere !== undefined) return `${elsewhere.text} is used for something else, too`;
  const { added, statements, machinery } = preparation;
  return { object, added, statements: [declaration, ...statements, ...preparation.unneeded(object)], machinery };
}
