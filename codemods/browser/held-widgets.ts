import { ts } from 'ts-morph';
import { browserOptions } from '../../src/catalog';
import { walk } from '../node-client/context';
import { aroundOf } from './find-uses';
import type { Script } from './script';
import { replaceByDecision } from './remove-statement';

const RULE = 'browser/widget-method';
/** Names by which a property can only be the widget, whatever object it is read of. */
const TELLING = /widget|wallet|address|consent/i;

/** What a widget is put into: `const wallet = …`, `this.wallet = …`. */
function holderOf(node: ts.Node): ts.Node | undefined {
  const { parent, child } = aroundOf(node);
  if (ts.isVariableDeclaration(parent)) return ts.isIdentifier(parent.name) ? parent.name : undefined;
  const isSet = ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  return isSet && parent.right === child ? parent.left : undefined;
}

function isHolder(holder: ts.Node, node: ts.Expression): boolean {
  if (node.getText() === holder.getText()) return true;
  const names = [holder, node].map((one) => (ts.isPropertyAccessExpression(one) ? one.name.text : ''));
  return names[0] !== '' && names[0] === names[1] && TELLING.test(names[0] ?? '');
}

/** Lists a method of a widget that is no more, and takes the call out where it stands alone: it would throw. */
export function reportMethod(script: Script, access: ts.PropertyAccessExpression, symbol: string): void {
  const name = access.name.text;
  const option = name.replace(/^set([A-Z])/, (_, first: string) => first.toLowerCase());
  const row = browserOptions.find((one) => one.of === 'widget' && one.name === option);
  const message = `${name}: ${row?.because ?? 'there is no widget any more whose method this could be.'}`;
  script.report(access.name, RULE, {
    message,
    legacy: { name, operation: `${symbol}.${name}` },
    replacement: row?.to == null ? null : { name: row.to },
    rewritten: !script.page.stays,
  });
  const call = access.parent;
  const statement = ts.isExpressionStatement(call.parent) ? call.parent : undefined;
  if (script.page.stays) return;
  if (statement === undefined || !ts.isCallExpression(call)) script.todo(access, RULE, message);
  else replaceByDecision(script, statement, RULE, message);
}

/** Uses of a widget that was kept, other than binding it. `node` is the code that makes it, and its binding if it is in it. */
export function reportHeldWidget(script: Script, node: ts.Node, symbol: string): void {
  const holder = holderOf(node);
  if (holder === undefined) return;
  walk(script.source, (one) => {
    if (!ts.isPropertyAccessExpression(one) || !isHolder(holder, one.expression)) return;
    if (one.name.text === 'bind' || script.isDropped(one)) return;
    reportMethod(script, one, symbol);
  });
}
