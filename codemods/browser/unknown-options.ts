import { ts } from 'ts-morph';
import { browserOptions, type BrowserOption } from '../../src/catalog';
import { aroundOf, type Use } from './find-uses';
import { readOptions } from './object-options';
import type { Script } from './script';

/** What becomes of each option that an object may hold which no code here writes out. */
export function unknownOptions(of: BrowserOption['of']): string {
  const rows = browserOptions.filter((row) => row.of === of && row.kind !== 'gone');
  const places = rows.map(({ name, to }) => (to === null ? `${name} has no place` : `${name} goes to ${to}`));
  return `the options it holds are not known here: ${places.join(', ')}.`;
}

/** What is said of a button or widget besides, when its options come from elsewhere. */
export function aboutUnknownOptions(script: Script, { node, symbol }: Use): string {
  const call = aroundOf(node).parent;
  if (!ts.isCallOrNewExpression(call)) return '';
  const isButton = symbol === 'OffAmazonPayments.Button';
  const argument = call.arguments?.[isButton ? 2 : 0];
  const [object] = readOptions(argument)?.spread ?? [];
  if (object === undefined || !/Button$|Widgets\.\w+$/.test(symbol)) return '';
  return ` ${script.text(object)}: ${unknownOptions(/Button$/.test(symbol) ? 'OffAmazonPayments.Button' : 'widget')}`;
}
