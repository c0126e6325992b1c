/** Every method of the SDK, with the arguments in its order; `null` where the SDK itself defaults to null. */
export const clientDeclarations = String.raw`
  export class AmazonPayClient {
    constructor(configuration: ClientConfiguration);
    apiCall<T = unknown>(options: ApiCallOptions, maxRedirects?: number): Promise<ApiResponse<T>>;
    getSignedHeaders(options: ApiCallOptions): Record<string, string>;
    getAuthorizationToken(
      mwsAuthToken: string,
      merchantId: string,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<OtherAnswer>>;
    generateButtonSignature(payload: object | string): string;
    deliveryTrackers(payload: DeliveryTrackersPayload, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
  }

  export interface ApiCallOptions {
    method: string;
    urlFragment: string;
    payload?: object | string | null | undefined;
    headers?: RequestHeaders | null | undefined;
    queryParams?: Record<string, string> | null | undefined;
  }

  export class InStoreClient extends AmazonPayClient {
    merchantScan(payload: object, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    charge(payload: object, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    refund(payload: object, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
  }

  export class WebStoreClient extends AmazonPayClient {
    getBuyer(buyerToken: string, headers?: RequestHeaders | null): Promise<ApiResponse<BuyerProfile>>;

    createCheckoutSession(
      payload: CreateCheckoutSessionPayload,
      headers: RequestHeaders,
    ): Promise<ApiResponse<CheckoutSession>>;
    getCheckoutSession(checkoutSessionId: string, headers?: RequestHeaders | null): Promise<ApiResponse<CheckoutSession>>;
    updateCheckoutSession(
      checkoutSessionId: string,
      payload: UpdateCheckoutSessionPayload,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<CheckoutSession>>;
    /** Status 202 while the authorization is pending. */
    completeCheckoutSession(
      checkoutSessionId: string,
      payload: CompleteCheckoutSessionPayload,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<CheckoutSession>>;
    finalizeCheckoutSession(
      checkoutSessionId: string,
      payload: object,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<CheckoutSession>>;

    getChargePermission(
      chargePermissionId: string,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<ChargePermission>>;
    updateChargePermission(
      chargePermissionId: string,
      payload: UpdateChargePermissionPayload,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<ChargePermission>>;
    closeChargePermission(
      chargePermissionId: string,
      payload: CloseChargePermissionPayload,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<ChargePermission>>;

    /** A decline rejects. */
    createCharge(payload: CreateChargePayload, headers: RequestHeaders): Promise<ApiResponse<Charge>>;
    getCharge(chargeId: string, headers?: RequestHeaders | null): Promise<ApiResponse<Charge>>;
    updateCharge(chargeId: string, payload: object, headers: RequestHeaders): Promise<ApiResponse<Charge>>;
    captureCharge(
      chargeId: string,
      payload: CaptureChargePayload,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<Charge>>;
    cancelCharge(
      chargeId: string,
      payload: CancelChargePayload,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<Charge>>;

    createRefund(payload: CreateRefundPayload, headers: RequestHeaders): Promise<ApiResponse<Refund>>;
    getRefund(refundId: string, headers?: RequestHeaders | null): Promise<ApiResponse<Refund>>;

    /** Turns arrays in the object it is given into text. */
    getReports(queryParameters?: object | null, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    getReportById(reportId: string, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    getReportDocument(reportDocumentId: string, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    getReportSchedules(
      reportTypes?: string | string[] | null,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<OtherAnswer>>;
    getReportScheduleById(reportScheduleId: string, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    createReport(requestPayload: object, headers: RequestHeaders): Promise<ApiResponse<OtherAnswer>>;
    createReportSchedule(requestPayload: object, headers: RequestHeaders): Promise<ApiResponse<OtherAnswer>>;
    cancelReportSchedule(reportScheduleId: string, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;

    registerAmazonPayAccount(payload: object, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    updateAmazonPayAccount(
      merchantAccountId: string,
      payload: object,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<OtherAnswer>>;
    deleteAmazonPayAccount(merchantAccountId: string, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    createMerchantAccount(payload: object, headers?: RequestHeaders | null): Promise<ApiResponse<OtherAnswer>>;
    updateMerchantAccount(
      merchantAccountId: string,
      payload: object,
      headers: RequestHeaders,
    ): Promise<ApiResponse<OtherAnswer>>;
    merchantAccountClaim(
      merchantAccountId: string,
      payload: object,
      headers?: RequestHeaders | null,
    ): Promise<ApiResponse<OtherAnswer>>;

    createDispute(payload: object, headers: RequestHeaders): Promise<ApiResponse<Dispute>>;
    getDispute(disputeId: string, headers?: RequestHeaders | null): Promise<ApiResponse<Dispute>>;
    updateDispute(disputeId: string, payload: object, headers: RequestHeaders): Promise<ApiResponse<Dispute>>;
    contestDispute(disputeId: string, payload: object, headers: RequestHeaders): Promise<ApiResponse<Dispute>>;
    uploadFile(payload: object, headers: RequestHeaders): Promise<ApiResponse<OtherAnswer>>;
  }
`;
