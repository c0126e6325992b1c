import { docs } from '../docs';
import { toRules } from './row';

/** PHP code that uses the official legacy SDK, in its second and third generation (facts: other-languages.md section 10). */
export const phpRules = toRules([
  [
    'php/operation-call',
    'other-language',
    'automatic',
    20,
    'A legacy operation is called in PHP',
    'A call of MWS OffAmazonPayments through AmazonPay\\Client or PayWithAmazon\\Client, for an order that exists already.',
    'Call the v2 operation that takes its place, with amzn/amazon-pay-api-sdk-php; the message names it. The call is rewritten together with all that reads its answer, or not at all: a call that stays says why.',
    docs.upgrade,
  ],
  [
    'php/returned-answer',
    'other-language',
    'automatic',
    10,
    'A function of your own returns a legacy answer',
    'A function or method of the project returns what a legacy PHP call answers, or a part of it, and it is read here.',
    'Read it as v2 answers it. The call, the function and all who call it are rewritten together, or none of them: the legacy call says why it stays.',
    docs.upgrade,
  ],
  [
    'php/request-field',
    'other-language',
    'assisted',
    5,
    'A parameter has no place in v2',
    'A parameter of a legacy PHP call that the v2 request does not take.',
    'Keep the value with your own order, or drop it; the message says what v2 does.',
    docs.charge,
  ],
  [
    'php/v2-sdk',
    'other-language',
    'automatic',
    5,
    'The v2 SDK is missing in composer.json',
    'Rewritten PHP code needs amzn/amazon-pay-api-sdk-php, which composer.json does not require.',
    'Require it and run composer update amzn/amazon-pay-api-sdk-php. The legacy package stays until nothing needs it; the namespaces do not collide.',
    docs.upgrade,
  ],
]);
