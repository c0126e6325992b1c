import { apiV1ContractMarkers } from './api-v1-contract';
import { browserMarkers } from './browser';

/**
 * Texts by which a file is worth reading closer. All are searched for in one pass that jumps by the length of the shortest,
 * so one of three characters would slow down every search.
 */
export const strongMarkers: readonly string[] = [
  'offAmazonPayments',
  'TODO(amazon-pay-v2)',
  'amazon-payments',
  '^amazon-pay',
  'amazon-pay-async',
  "'amazonpay'",
  '"amazonpay"',
  'parseSNSResponse',
  'NotificationData',
  'mws.amazonservices.',
  'mws-eu.amazonservices.',
  'AmazonOrderReferenceId',
  'AmazonAuthorizationId',
  'AmazonBillingAgreementId',
  'AmazonCaptureId',
  'AmazonRefundId',
  'amazonOrderReferenceId',
  'amazonBillingAgreementId',
  'amazonAuthorizationId',
  'SandboxSimulation',
  'OFFAMAZONPAYMENTS_',
  'mwsAccessKey',
  'mwsSecretKey',
  'mws_access_key',
  'mws_secret_key',
  'MWS_ACCESS_KEY',
  'MWS_SECRET',
  'MWS_AUTH_TOKEN',
  'AMAZON_MWS',
  'AmazonPay\\',
  'PayWithAmazon\\',
  'amazon-pay-sdk-php',
  ...apiV1ContractMarkers,
  ...browserMarkers,
];
