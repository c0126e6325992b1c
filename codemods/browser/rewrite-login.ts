import { ts } from 'ts-morph';
import { walk } from '../node-client/context';
import { aroundOf, type Use } from './find-uses';
import type { Script } from './script';
import type { Project } from './project';
import { amazonPay } from './receiver';
import { removeStatement, statementOf } from './remove-statement';

/** `amazon.Login.logout()` becomes `amazon.Pay.signout()`. */
export function rewriteLogout(script: Script, use: Use): boolean {
  if (script.page.stays) return false;
  const isHandedOn = use.kind === 'read' && !ts.isExpressionStatement(aroundOf(use.node).parent);
  if (use.kind !== 'call' && !isHandedOn) return false;
  script.rewriter.replace(use.node, () => `${amazonPay(script, use.node)}.signout`);
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  return true;
}

/** `amazon.Login.setClientId(…)` goes where it is a statement of its own, and the site has no login that needs it. */
export function removeSetup(script: Script, use: Use, project: Project): boolean {
  const call = aroundOf(use.node).parent;
  const statement = statementOf(call);
  if (!script.isEditable || project.hasSiteLogin || use.kind !== 'call' || statement === undefined) return false;
  removeStatement(script, statement);
  script.reportSymbol(use.node, use.symbol, { rewritten: true });
  return true;
}

const DELETES = /\.(?:remove|delete|erase|unset|clear)\w*$|^(?:remove|delete|erase|unset|clear)\w*$/i;
/** What is written into a cookie to delete it: nothing, or a date that is past. */
const IS_EMPTY = /amazon_Login_accessToken=(?:;|["'\s]|$)|1970|max-age\s*=\s*(?:0|-)/i;

/** The cookie of Login with Amazon is deleted by hand at logout; v2 sets none. */
export function removeCookies(script: Script, project: Project): void {
  if (!script.isEditable || project.hasSiteLogin) return;
  walk(script.source, (node) => {
    if (!ts.isStringLiteralLike(node) || !node.text.includes('amazon_Login_accessToken')) return;
    const statement = ts.findAncestor(node, ts.isExpressionStatement);
    if (statement === undefined || script.hasControlTag(statement)) return;
    const { expression } = statement;
    const isSet = ts.isBinaryExpression(expression) && /\bdocument\.cookie$/.test(expression.left.getText());
    const isCall = ts.isCallExpression(expression) && DELETES.test(expression.expression.getText());
    const deletes = isSet ? IS_EMPTY.test(expression.right.getText()) : isCall && expression.arguments[0] === node;
    if (!deletes) return;
    removeStatement(script, statement);
    script.report(node, 'browser/access-token-cookie', {
      message: 'The cookie amazon_Login_accessToken is deleted; v2 sets no such cookie.',
      legacy: { name: 'amazon_Login_accessToken', operation: 'amazon_Login_accessToken' },
      rewritten: true,
    });
  });
}
