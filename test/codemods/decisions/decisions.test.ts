import { codemod } from '../../../codemods/decisions';
import { migrateTexts } from '../run-codemod';

const list = async (text: string): Promise<unknown[]> =>
  (await migrateTexts(codemod, new Map([['a.js', text]]))).findings.map(({ rule, message, automation }) => [
    rule,
    message,
    automation,
  ]);

it('lists a decision until its comment is gone', async () => {
  expect(await list('f();\n  // TODO(amazon-pay-v2) node-client/escape: look at it.\r\ng();\n')).toEqual([
    ['node-client/escape', 'To decide: look at it.', 'assisted'],
  ]);
  expect(await list('f(); /* TODO(amazon-pay-v2) node-client/construction: which key? */ g();')).toEqual([
    ['node-client/construction', 'To decide: which key?', 'assisted'],
  ]);
  expect(await list('f();\ng();\n')).toEqual([]);
});
