/** Billing agreements of the legacy API, and what is paid on them month by month: by the legacy API and by v2 in turns. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export class Subscriptions {
  #references = 0;

  constructor({ url, credentials, people }, client) {
    Object.assign(this, { people, client });
    this.legacy = require('amazon-payments').connect({
      environment: { mwsEndpoint: `${url}/OffAmazonPayments/2013-01-01`, apiEndpoint: url },
      ...{ sellerId: credentials.merchantId, clientId: credentials.storeId },
      ...{ mwsAccessKey: credentials.mwsAccessKey, mwsSecretKey: credentials.mwsSecretKey },
    }).offAmazonPayments;
  }

  #call(operation, parameters) {
    return new Promise((resolve, reject) => {
      this.legacy[operation](parameters, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }

  #reference() {
    return `subscription${(this.#references += 1)}`;
  }

  /** A buyer consents to be charged from now on. Returns the id of the agreement. */
  async begin() {
    const id = this.people.startBillingAgreement({ environment: 'live' });
    await this.#call('confirmBillingAgreement', { AmazonBillingAgreementId: id });
    return id;
  }

  /** A month is paid by the legacy API: authorized and captured at once. */
  payByLegacy(id, { amount, currency }) {
    return this.#call('authorizeOnBillingAgreement', {
      AmazonBillingAgreementId: id,
      AuthorizationReferenceId: this.#reference(),
      AuthorizationAmount: { Amount: amount, CurrencyCode: currency },
      TransactionTimeout: 0,
      CaptureNow: true,
    });
  }

  /** A month is paid by v2, on the same agreement, and some of it is given back. */
  async payByV2(id, { amount, currency, refund }) {
    const price = (value) => ({ amount: value, currencyCode: currency });
    const key = () => ({ 'x-amz-pay-idempotency-key': this.#reference() });
    const charge = { chargePermissionId: id, chargeAmount: price(amount), captureNow: true };
    const { data } = await this.client.createCharge(charge, key());
    await this.client.createRefund({ chargeId: data.chargeId, refundAmount: price(refund) }, key());
  }
}
