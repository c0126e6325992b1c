/**
 * Texts by which a file is worth reading closer. Every strong marker contains at least one needle, so that a search for
 * the few needles decides most files (PERFORMANCE: one pass over the bytes, no decoding).
 */
export const needles: readonly string[] = [
  'mazon',
  'AMAZON_MWS',
  'OrderReference',
  'MWS_',
  'mws',
  'parseSNSResponse',
  'NotificationData',
  'amazonpay',
];

export const strongMarkers: readonly string[] = [
  'offAmazonPayments',
  'TODO(amazon-pay-v2)',
  'OffAmazonPayments',
  'amazon-payments',
  'amazon-pay-async',
  "'amazonpay'",
  '"amazonpay"',
  'amazon-pay-react',
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
  'onAmazonLoginReady',
  'onAmazonPaymentsReady',
  'mwsAccessKey',
  'mwsSecretKey',
  'mws_access_key',
  'mws_secret_key',
  'MWS_ACCESS_KEY',
  'MWS_SECRET',
  'MWS_AUTH_TOKEN',
  'AMAZON_MWS',
];
