import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import type { Script } from './script';

const COOKIE = /amazon_Login_accessToken/;
const TOKEN = /\baccess_token\b/;

/** The access token of Login with Amazon: in the cookie, the URL, or the answer of the login. */
export function reportTokens(script: Script): void {
  walk(script.source, (node) => {
    if (script.isDropped(node)) return;
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isRegularExpressionLiteral(node);
    const isMember = ts.isPropertyAccessExpression(node) && node.name.text === 'access_token';
    const text = node.getText();
    if (!(isText && (COOKIE.test(text) || TOKEN.test(text))) && !isMember) return;
    const name = COOKIE.test(text) ? 'amazon_Login_accessToken' : 'access_token';
    script.report(isMember ? node.name : node, 'browser/access-token', {
      message: `The ${name} of Login with Amazon is used here; v2 has no access token.`,
      legacy: { name, operation: name },
      replacement: { name: 'amazonCheckoutSessionId' },
    });
  });
}
