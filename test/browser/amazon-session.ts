import { randomUUID } from 'node:crypto';
import { z } from 'zod';

/** What the button carries, as far as a session is made of it. */
export const payloadSchema = z.object({
  storeId: z.string(),
  chargePermissionType: z.string(),
  webCheckoutDetails: z.object({ checkoutReviewReturnUrl: z.string(), checkoutCancelUrl: z.string() }),
});
export const updateSchema = z.object({
  webCheckoutDetails: z.object({ checkoutResultReturnUrl: z.string() }),
  paymentDetails: z.object({
    paymentIntent: z.string(),
    chargeAmount: z.object({ amount: z.string(), currencyCode: z.string() }),
  }),
  merchantMetadata: z.object({ merchantReferenceId: z.string() }),
});
export type Payload = z.infer<typeof payloadSchema>;

const ADDRESSES = ['1 Pine Street', '22 Ocean Avenue'];
export const CARDS = ['Visa ****1111 (Amazon Pay)', 'Card that is declined ****0000 (Amazon Pay)'];

/** A Checkout Session as Amazon keeps it (facts: states.md section 2, v2-rest.md section 6). */
export class Session {
  readonly id = randomUUID();
  state: 'Open' | 'Completed' | 'Canceled' = 'Open';
  reasonCode: string | null = null;
  address = 0;
  card = 0;
  isConfirmed = false;
  update: z.infer<typeof updateSchema> | null = null;
  completedWith: { amount: string; currencyCode: string }[] = [];

  constructor(
    readonly payload: Payload,
    private readonly amazon: string,
  ) {}

  cancel(reasonCode: 'BuyerCanceled' | 'Expired' | 'Declined'): void {
    this.state = 'Canceled';
    this.reasonCode = reasonCode;
  }

  get addresses(): readonly string[] {
    return ADDRESSES;
  }

  /** The answer of GET; a session that is no longer open keeps only its ids. */
  toJSON(): object {
    const isCompleted = this.state === 'Completed';
    const statusDetails = { state: this.state, reasonCode: this.reasonCode, reasonDescription: null };
    const ids = {
      checkoutSessionId: this.id,
      statusDetails,
      chargePermissionId: isCompleted ? 'S01-1111111-2222222' : null,
      chargeId: isCompleted ? 'S01-1111111-2222222-C333333' : null,
    };
    if (this.state !== 'Open') return { ...ids, webCheckoutDetails: null, paymentDetails: null, constraints: null };
    return {
      ...ids,
      webCheckoutDetails: {
        ...this.payload.webCheckoutDetails,
        checkoutResultReturnUrl: this.update?.webCheckoutDetails.checkoutResultReturnUrl ?? null,
        amazonPayRedirectUrl: this.update === null ? null : `${this.amazon}/hosted/confirm?session=${this.id}`,
      },
      paymentDetails: this.update?.paymentDetails ?? { chargeAmount: null },
      buyer: { buyerId: 'B', name: 'Test Buyer', email: 'buyer@example.com' },
      shippingAddress: {
        name: 'Test Buyer',
        addressLine1: ADDRESSES[this.address],
        city: 'Seattle',
        stateOrRegion: 'WA',
        postalCode: '98101',
        countryCode: 'US',
      },
      billingAddress: null,
      paymentPreferences: [{ paymentDescriptor: CARDS[this.card] }],
      constraints: [],
    };
  }
}
