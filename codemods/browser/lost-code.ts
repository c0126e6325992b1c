import { ts } from 'ts-morph';
import { unwrap, walk } from '../node-client/context';
import { optionOf, type Options } from './object-options';
import type { Script } from './script';

const AUTHORIZE = /\bauthorize$/;

function authorizeCallIn(node: ts.Node): ts.CallExpression | undefined {
  let found: ts.CallExpression | undefined;
  walk(node, (one) => {
    if (ts.isCallExpression(one) && AUTHORIZE.test(one.expression.getText())) found ??= one;
  });
  return found;
}

/** A statement that only prepares the sign-in: options, and the call itself. */
function onlySignsIn(statement: ts.Statement): boolean {
  if (authorizeCallIn(statement) !== undefined || ts.isEmptyStatement(statement)) return true;
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.every(
      ({ initializer }) => initializer === undefined || !ts.isCallExpression(unwrap(initializer)),
    );
  return ts.isReturnStatement(statement) && statement.expression === undefined;
}

/** The body of a function that is written as an option. */
function bodyOf(options: Options, name: string): ts.ConciseBody | undefined {
  const option = optionOf(options, name);
  if (option === undefined) return undefined;
  if (ts.isMethodDeclaration(option.node)) return option.node.body;
  const value = option.value === undefined ? undefined : unwrap(option.value);
  return value !== undefined && (ts.isFunctionExpression(value) || ts.isArrowFunction(value)) ? value.body : undefined;
}

/** What functions of a legacy button did that the new one does not do, in words for the comment above it. */
export function lostOf(script: Script, options: Options): string[] {
  const lost: string[] = [];
  const authorization = optionOf(options, 'authorization');
  const body = bodyOf(options, 'authorization');
  const call = authorization === undefined ? undefined : authorizeCallIn(authorization.node);
  const target = call?.arguments[1];
  if (authorization !== undefined && body === undefined)
    lost.push(
      `${script.parsed.hasTag(script.range(authorization.node)) ? 'authorization' : script.text(authorization.value ?? authorization.node)} is no longer called`,
    );
  if (target !== undefined) {
    const value = unwrap(target);
    const isCode = ts.isFunctionLike(value) || ts.isConditionalExpression(value);
    const text = script.parsed.hasTag(script.range(target)) ? 'a URL of the template' : script.text(target);
    lost.push(
      isCode
        ? 'the function that got the access token is no longer called: what it did belongs on the review page'
        : `the buyer came back to ${text}: let checkoutReviewReturnUrl lead there`,
    );
  }
  if (body !== undefined && ts.isBlock(body) && !body.statements.every(onlySignsIn))
    lost.push('authorization did more than sign the buyer in, which is gone');
  if (optionOf(options, 'onSignIn') !== undefined) lost.push('what onSignIn did belongs on the review page');
  return lost;
}
