import { join } from 'node:path';
import { codemod } from '../../../codemods/node-client';
import { migrateTexts, readTree } from '../run-codemod';

const input = readTree(join(__dirname, '../../../fixtures/codemods/node-client/states-in-lists/input'));

it('names the field of the object that the call is rewritten to, and not of a checkout session', async () => {
  const { findings } = await migrateTexts(codemod, input);
  const read = findings.find(({ message }) => message.startsWith('details.AmazonBillingAgreementId'));
  expect(read?.message).toContain('has chargePermissionId instead of AmazonBillingAgreementId');
});
