import { ts } from 'ts-morph';
import { type FileContext, walk } from '../context';
import { tableOf } from './value-tests';

const isNever = (type: ts.TypeNode | undefined): boolean => type?.kind === ts.SyntaxKind.NeverKeyword;

/** The parameter that takes it is of type `never`: `assertNever(status.State)`. */
function goesToNever({ checker }: FileContext, call: ts.CallExpression | ts.NewExpression, node: ts.Node): boolean {
  const index = call.arguments?.findIndex((each) => each === node) ?? -1;
  const parameter = checker.getResolvedSignature(call)?.getDeclaration()?.parameters[index];
  return parameter !== undefined && ts.isParameter(parameter) && isNever(parameter.type);
}

/** `const unexpected: never = status.State`, `status.State satisfies never`, `assertNever(status.State)` */
function isSaidToBeNever(context: FileContext, node: ts.Expression): boolean {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent)) return parent.initializer === node && isNever(parent.type);
  if (ts.isSatisfiesExpression(parent)) return isNever(parent.type);
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && goesToNever(context, parent, node);
}

/**
 * Lists where the compiler was to see that every state has its branch. The types of v2 take words that Amazon may add, so that
 * something is always left.
 */
export function reportExhausted(context: FileContext): void {
  if (!context.isTypeScript) return;
  walk(context.file.source, (node) => {
    if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return;
    if (!isSaidToBeNever(context, node)) return;
    const type = context.typeOf(node);
    const table = type?.kind === 'value' || type?.kind === 'told' ? tableOf(type.table) : undefined;
    if (table === undefined) return;
    context.leaveOpen(node, {
      rule: 'node-client/state-comparison',
      legacy: { name: table.name },
      replacement: { name: `statusDetails.${table.field}` },
      message: `${context.text(node)} is said to be never here, as every ${table.field} of legacy has its branch. Amazon may add words to those of v2, and their type says so: it never is never. Take it as a string, and check by hand that each word of v2 has its branch.`,
    });
  });
}
