import { docs } from '../docs';
import { toRules } from './row';

/** Requests to MWS that the merchant signs by hand. */
export const rawMwsRules = toRules([
  [
    'raw-mws/request',
    'raw-mws',
    'manual',
    45,
    'A hand-made MWS request',
    'The code builds a request for MWS OffAmazonPayments itself.',
    'Call the v2 SDK in its place; the message names the method.',
    docs.upgrade,
  ],
  [
    'raw-mws/reports',
    'raw-mws',
    'manual',
    60,
    'A hand-made request for a report of Amazon Pay',
    'The code asks MWS Reports (2009-01-01) for settlements or other reports of Amazon Pay by itself.',
    'Call the v2 SDK in its place; the message names the method. The types of reports keep their names, and what is in them stays.',
    docs.reports,
  ],
  [
    'raw-mws/executor',
    'raw-mws',
    'manual',
    60,
    'A function that sends any MWS request',
    'The function takes the action as a parameter, signs and posts it.',
    'Once every call of it is a v2 call, delete it.',
    docs.upgrade,
  ],
  [
    'raw-mws/response-read',
    'raw-mws',
    'manual',
    20,
    'An MWS answer is picked apart',
    'The code reads XML of MWS by path or by text.',
    'Read the JSON object of v2; the message names the field.',
    docs.charge,
  ],
  [
    'raw-mws/signing',
    'raw-mws',
    'manual',
    15,
    'An MWS request is signed by hand',
    'Signature version 2 with the MWS secret.',
    'The v2 SDK signs; delete this with the last request that uses it.',
    docs.upgrade,
  ],
]);
