import { join } from 'node:path';
import { codemod } from '../../../codemods/raw-mws';
import { migrateTexts, readTree } from '../run-codemod';

const root = join(__dirname, '../../../fixtures/codemods/raw-mws');

/** Why each request of a fixture stays, by its operation. */
async function reasonsIn(name: string): Promise<Record<string, string>> {
  const { findings } = await migrateTexts(codemod, readTree(join(root, name, 'input')));
  return Object.fromEntries(
    findings.flatMap(({ message, legacy }) => {
      const reason = /Not rewritten: (.*?\))\./.exec(message)?.[1];
      return reason === undefined || legacy.operation === undefined ? [] : [[legacy.operation, reason]];
    }),
  );
}

it('names the place where an answer goes out of sight', async () => {
  expect(await reasonsIn('answers-in-callers')).toEqual({
    GetAuthorizationDetails: 'await payments.getAuthorization(req.params.id) is handed to res.json (routes.js:5)',
    CloseAuthorization: 'gateway.closeAuthorization may be closeAuthorization, and no type follows it (routes.js:8)',
    GetOrderReferenceDetails: 'getOrderReference returns the answer, and nobody is seen who calls it (payments.js:29)',
  });
});

it('names the place where an error is looked into', async () => {
  expect(await reasonsIn('errors-of-requests')).toEqual({
    Capture: 'error.response looks into the error of the request (ship.js:7)',
    GetRefundDetails: 'error.statusCode looks into the error of the request (capture.js:25)',
    GetAuthorizationDetails: 'answer.ErrorResponse has no counterpart in v2 (capture.js:29)',
  });
});
