import { LedgerError } from '../ledger/ledger-error';
import { find } from '../ledger/posting';
import type { MerchantAccount } from '../ledger/rows';
import { mergeRequest } from '../ledger/sessions';
import type { Call, Operation } from './operation';
import { V2Error } from './reply';
import { claimAccountBody, createAccountBody, deliveryTrackerBody, parseBody, updateAccountBody } from './schemas';
import { findPermission } from './charge-operations';

/** Register and Create Merchant Account are one path; only solution providers name stores and a status. */
const isBySolutionProvider = (details: object): boolean => 'stores' in details || 'merchantStatus' in details;

const viewAccount = ({ id, uniqueReferenceId }: MerchantAccount) => ({ uniqueReferenceId, merchantAccountId: id });

/** A token to act for a merchant with. It has the form of an MWS auth token, as the exchange has it. */
function giveToken({ posting }: Call, merchantId: string): string {
  return posting.store.put('tokens', { id: `amzn.mws.${posting.ids.uuid()}`, merchantId }).id;
}

/** The SDK sends no idempotency key with this. Status and keys: facts, captures.md section 2.1 and the SDK's test script. */
export const createAccountOperation: Operation = (call) => {
  const details = parseBody(createAccountBody, call.body);
  const { posting, environment } = call;
  const account = posting.store.put('accounts', {
    id: `A${posting.ids.digits(13)}`,
    environment,
    uniqueReferenceId: details.uniqueReferenceId,
    details,
  });
  const token = isBySolutionProvider(details) ? { authorizationToken: giveToken(call, account.id) } : {};
  return { status: 201, body: { ...viewAccount(account), ...token } };
};

const findAccount = ({ posting, environment, id }: Call): MerchantAccount =>
  find(posting, 'accounts', id, environment, 'AccountNotFound');

/** 204 to the merchant itself; 200 and the account to a solution provider, who comes with a token. */
export const updateAccountOperation: Operation = (call) => {
  const change = parseBody(updateAccountBody, call.body);
  const account = findAccount(call);
  const details = mergeRequest(account.details, change);
  const updated = call.posting.store.put('accounts', { ...account, details });
  return call.authToken === null ? { status: 204, body: undefined } : { status: 200, body: viewAccount(updated) };
};

export const deleteAccountOperation: Operation = (call) => {
  call.posting.store.remove('accounts', findAccount(call).id);
  return { status: 202, body: {} };
};

/** Leads on to a page where the merchant takes the account over. */
export const claimAccountOperation: Operation = (call) => {
  const { uniqueReferenceId } = parseBody(claimAccountBody, call.body);
  const account = findAccount(call);
  if (account.uniqueReferenceId !== uniqueReferenceId)
    throw new LedgerError('AccountNotFound', `The account ${account.id} has another uniqueReferenceId.`);
  const location = `${call.origin}/_/`;
  return { status: 303, body: viewAccount(account), headers: { location } };
};

/** Live only: the sandbox has no such call (facts: v2-rest.md section 5). Which tokens exist is our choice. */
export const getAuthorizationTokenOperation: Operation = (call) => {
  const merchantId = call.query.get('merchantId');
  if (call.environment === 'sandbox')
    throw new V2Error('UnsupportedOperation', 'The sandbox has no authorization tokens: ask with a live key.');
  if (merchantId === null || merchantId === '')
    throw new V2Error('MissingParameterValue', 'The value of merchantId is missing.');
  if (!call.id.startsWith('amzn.mws.'))
    throw new V2Error('InvalidAuthorizationToken', 'The MWS auth token does not belong to the merchant.');
  return { status: 200, body: { authorizationToken: giveToken(call, merchantId) } };
};

/** Tells the buyer's Alexa of a parcel. Order references and Charge Permissions alike (facts: api-mapping.md section 8). */
export const deliveryTrackerOperation: Operation = (call) => {
  const given = parseBody(deliveryTrackerBody, call.body);
  const id = given.amazonOrderReferenceId ?? given.chargePermissionId;
  if (id == null) throw new V2Error('MissingParameterValue', 'The value of amazonOrderReferenceId is missing.');
  findPermission(call, id);
  return { status: 200, body: given };
};
