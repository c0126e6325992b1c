import { docs } from '../docs';
import type { Operation } from '../types';

const none = (name: string, guidance: string, effortMinutes: number): Operation => ({
  name,
  phase: 'account',
  automation: 'manual',
  v2: null,
  request: {},
  result: null,
  guidance,
  docs: docs.upgrade,
  confidence: 'confirmed',
  effortMinutes,
});

const PROVIDER =
  'v2 has no provider credits. A solution provider who relies on them cannot migrate this part; talk to Amazon Pay.';
const LIST = 'v2 cannot list or search orders: look them up in your own store, or in the reports.';
const CONFIGURATION = 'The v2 SDK has no such call: notification URLs are set in Seller Central.';

/** Operations that no v2 operation replaces. */
export const accountOperations: readonly Operation[] = [
  none(
    'GetServiceStatus',
    'Remove it. A health check can GET a Checkout Session that cannot exist: 404 means that key and signature are right.',
    15,
  ),
  none('ListOrderReference', LIST, 60),
  none('ListOrderReferenceByNextToken', LIST, 60),
  none('GetMerchantAccountStatus', 'The v2 SDKs have no such call.', 30),
  none('GetMerchantNotificationConfiguration', CONFIGURATION, 30),
  none('SetMerchantNotificationConfiguration', CONFIGURATION, 30),
  none('GetProviderCreditDetails', PROVIDER, 120),
  none('GetProviderCreditReversalDetails', PROVIDER, 120),
  none('ReverseProviderCredit', PROVIDER, 120),
];
