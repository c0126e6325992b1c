import { ts } from 'ts-morph';
import { nodesOf } from '../../typed-program/nodes';
import { isAccess } from '../../rewriting/access';
import { type FileContext, unwrap } from '../context';

/** A call of a function of this file, and what it gives to one of the parameters. */
export interface Given {
  readonly call: ts.CallExpression;
  readonly argument: ts.Expression;
}

/** `onDeclined`, of `function onDeclined`, `const onDeclined = …` and a method. */
function nameOf(around: ts.SignatureDeclaration): string | undefined {
  const { name } = around;
  if (name !== undefined) return name.getText();
  const { parent } = around;
  const isNamed =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isNamed ? parent.name.getText() : undefined;
}

/** What the calls in this file give to a parameter of one of its functions. */
export function givenTo(context: FileContext, parameter: ts.ParameterDeclaration): Given[] {
  const around = parameter.parent;
  const name = nameOf(around);
  const index = around.parameters.indexOf(parameter);
  if (name === undefined || around.getSourceFile() !== context.file.source) return [];
  return nodesOf(context.file.source).flatMap((call): Given[] => {
    if (!ts.isCallExpression(call)) return [];
    const argument = call.arguments[index];
    const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
    if (argument === undefined || !ts.isIdentifier(callee) || callee.text !== name) return [];
    return context.checker.getResolvedSignature(call)?.getDeclaration() === around ? [{ call, argument }] : [];
  });
}

/** The parameter that an expression starts at: `auth` of `auth.AuthorizationAmount.Amount`. */
export function parameterAt(context: FileContext, node: ts.Node): ts.ParameterDeclaration | undefined {
  const inner = ts.isExpression(node) ? unwrap(node) : node;
  if (isAccess(inner)) return parameterAt(context, inner.expression);
  const declared = ts.isIdentifier(inner) ? context.checker.getSymbolAtLocation(inner)?.valueDeclaration : undefined;
  return declared !== undefined && ts.isParameter(declared) ? declared : undefined;
}
