import { ts } from 'ts-morph';
import { isLegacySymbol } from '../../typed-program/brands';
import type { FileContext } from '../context';
import { CONNECT } from './makers';
import { noneInV2, type Remain } from '../remain';

/** `connect`, `AmazonPayClient` or `amazonPay.connect`: the function or class itself that makes legacy clients. */
export function isMaker({ checker }: FileContext, node: ts.Node): node is ts.Identifier | ts.PropertyAccessExpression {
  if (!ts.isIdentifier(node) && !ts.isPropertyAccessExpression(node)) return false;
  const type = checker.getTypeAtLocation(node);
  const symbol = type.getSymbol();
  const isFunction = type.getCallSignatures().length + type.getConstructSignatures().length > 0;
  return isFunction && symbol !== undefined && isLegacySymbol(symbol) && CONNECT.has(symbol.name);
}

/** Containers and tests name a class or a function, and make nothing of it. */
const ONLY_NAMES = /(?:^|\.)(?:\w*get\w*|resolve\w*|inject\w*|isRegistered|unbind|rebind|expect|mocked|is[A-Z]\w*)$/i;

function onlyNames({ expression, parent }: ts.CallExpression | ts.NewExpression): boolean {
  const isBase = ts.isExpressionWithTypeArguments(parent);
  return isBase || ts.isDecorator(parent) || ONLY_NAMES.test(expression.getText());
}

const CHOICES: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken]);

/** `memoize(connect)`, `list.map(connect)`, `inherits(Own, AmazonPayClient)` and `given || connect`: from there on no type tells. */
function handedOn(context: FileContext, node: ts.Node): readonly ts.Expression[] {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return onlyNames(node) ? [] : (node.arguments ?? []);
  if (!ts.isBinaryExpression(node) || !CHOICES.has(node.operatorToken.kind)) return [];
  const isUnknown = (context.checker.getTypeAtLocation(node).flags & ts.TypeFlags.Any) !== 0;
  return isUnknown ? [node.left, node.right] : [];
}

/** What calls of a client that is made out of sight go to, and who has to see to it. */
export const WITHOUT_V2 =
  'has no v2 client yet, and the rewritten calls go to its checkoutV2: put besideLegacy around it, with a WebStoreClient';

/** What makes legacy clients is handed to code that makes them out of sight: they stay, and nothing gives them a v2 client. */
export function findKeptMakers(context: FileContext, node: ts.Node): Remain[] {
  return handedOn(context, node)
    .filter((each) => isMaker(context, each))
    .map((each) => {
      const name = context.text(each);
      const message = `${context.text(node)} takes ${name} itself. A client that is made there ${WITHOUT_V2}.`;
      return noneInV2(each, 'node-client/construction', { name }, message);
    });
}
