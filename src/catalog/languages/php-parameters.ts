/**
 * Parameters of the legacy PHP client and what MWS calls them (facts: other-languages.md section 2.2). Its keys are in
 * small letters with underscores; those that are missing here are of operations that are not rewritten.
 */
export const phpParameters: Readonly<Record<string, string>> = {
  amazon_order_reference_id: 'AmazonOrderReferenceId',
  amazon_billing_agreement_id: 'AmazonBillingAgreementId',
  amazon_authorization_id: 'AmazonAuthorizationId',
  amazon_capture_id: 'AmazonCaptureId',
  amazon_refund_id: 'AmazonRefundId',
  authorization_reference_id: 'AuthorizationReferenceId',
  capture_reference_id: 'CaptureReferenceId',
  refund_reference_id: 'RefundReferenceId',
  authorization_amount: 'AuthorizationAmount',
  capture_amount: 'CaptureAmount',
  refund_amount: 'RefundAmount',
  capture_now: 'CaptureNow',
  transaction_timeout: 'TransactionTimeout',
  soft_descriptor: 'SoftDescriptor',
  seller_authorization_note: 'SellerAuthorizationNote',
  seller_capture_note: 'SellerCaptureNote',
  seller_refund_note: 'SellerRefundNote',
  seller_note: 'SellerNote',
  seller_order_id: 'SellerOrderAttributes.SellerOrderId',
  store_name: 'SellerOrderAttributes.StoreName',
  custom_information: 'SellerOrderAttributes.CustomInformation',
  supplementary_data: 'SellerOrderAttributes.SupplementaryData',
  platform_id: 'PlatformId',
  inherit_shipping_address: 'InheritShippingAddress',
  cancelation_reason: 'CancelationReason',
  closure_reason: 'ClosureReason',
  address_consent_token: 'AddressConsentToken',
  access_token: 'AccessToken',
};

/** Parameters for which there is nothing in v2 that could be written without a decision: such a call stays. */
export const phpParametersThatStay: Readonly<Record<string, string>> = {
  mws_auth_token: 'a call in the name of another merchant needs x-amz-pay-authtoken from getAuthorizationToken',
  provider_credit_details: 'v2 has no provider credits',
  provider_credit_reversal_details: 'v2 has no provider credits',
};
