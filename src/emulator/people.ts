import type { Emulation } from './emulation';
import { buyers, cards, findBuyer } from './ledger/buyers';
import { openDispute, resolveDispute } from './ledger/disputes';
import { LedgerError } from './ledger/ledger-error';
import { openOrder } from './ledger/orders';
import { canOrder, DAY, find, stepOrder, type Posting } from './ledger/posting';
import type { Environment, NextOutcome, Order, Session } from './ledger/rows';
import { approveSession, associateBuyer, stepSession } from './ledger/sessions';

const environmentOf = (id: string): Environment => (/^[PB]/.test(id) ? 'live' : 'sandbox');

export interface BuyerChoice {
  readonly environment?: Environment;
  /** The last four digits [1111]; each of the simulated cards does what Amazon says of it. */
  readonly card?: string;
  readonly buyerId?: string;
  /** Which of the addresses of the buyer [0]. */
  readonly address?: number;
}

/** What the buyer and Amazon do on their own: what no API call can make happen. */
export class People {
  constructor(private readonly emulation: Emulation) {}

  /** The buyer signs in to the widgets of legacy: a draft order reference comes to be. Returns its id. */
  startOrderReference(choice: BuyerChoice = {}): string {
    return this.#draft('OneTime', choice).id;
  }

  /** The same for a billing agreement; with the consent of the buyer, unless told otherwise. */
  startBillingAgreement(choice: BuyerChoice & { readonly consent?: boolean } = {}): string {
    return this.emulation.post((posting) => {
      const order = this.#open(posting, 'Recurring', choice);
      return posting.store.put('orders', { ...order, consent: choice.consent ?? true }).id;
    });
  }

  #draft(type: 'OneTime' | 'Recurring', choice: BuyerChoice): Order {
    return this.emulation.post((posting) => this.#open(posting, type, choice));
  }

  #open(
    posting: Posting,
    type: 'OneTime' | 'Recurring',
    { environment = 'sandbox', card, buyerId, address = 0 }: BuyerChoice,
  ): Order {
    const [buyer, tail] = checkChoice(buyerId, card);
    checkAddress(buyer, address);
    return openOrder(posting, {
      environment,
      madeBy: 'legacy',
      type,
      status: 'draft',
      buyerId: buyer,
      address,
      card: tail,
    });
  }

  /** The buyer signs in on the hosted page of v2 and chooses a card. */
  signIn(sessionId: string, { card, buyerId, address = 0 }: BuyerChoice = {}): void {
    const [buyer, tail] = checkChoice(buyerId, card);
    checkAddress(buyer, address);
    this.#session(sessionId, (posting, session) =>
      associateBuyer(posting, session, { buyerId: buyer, address, card: tail }),
    );
  }

  /** The buyer pays on the page behind amazonPayRedirectUrl. The card may want it otherwise. */
  pay(sessionId: string): void {
    this.#session(sessionId, approveSession);
  }

  /** The buyer leaves. */
  cancel(sessionId: string): void {
    this.#session(sessionId, (posting, session) => stepSession(posting, session, 'cancelByBuyer'));
  }

  /** The payment method is refused on the page of Amazon. */
  decline(sessionId: string): void {
    this.#session(sessionId, (posting, session) => stepSession(posting, session, 'decline'));
  }

  #session(id: string, work: (posting: Posting, session: Session) => Session): void {
    this.emulation.post((posting) => {
      const session = posting.store.get('sessions', id);
      if (session === undefined) throw new LedgerError('SessionNotFound', `There is no checkout session ${id}.`);
      return work(posting, session);
    });
  }

  /** The buyer changes the payment method of an order or an agreement; a suspended one lives again. */
  changePaymentMethod(orderId: string, card = '1111'): void {
    const [, tail] = checkChoice(undefined, card);
    this.#order(orderId, (posting, order) => {
      const changed = posting.store.put('orders', { ...order, card: tail });
      return canOrder(changed, 'repair') ? stepOrder(posting, changed, 'repair') : changed;
    });
  }

  /** The buyer has an order or an agreement shipped to another of his addresses. */
  changeAddress(orderId: string, address: number): void {
    this.#order(orderId, (posting, order) => {
      checkAddress(order.buyerId, address);
      return posting.store.put('orders', { ...order, address });
    });
  }

  /** The buyer ticks the consent of a billing agreement, or takes the tick away. */
  consent(agreementId: string, consent: boolean): void {
    this.#order(agreementId, (posting, order) => posting.store.put('orders', { ...order, consent }));
  }

  /** Decides how the next authorization of an order or agreement ends, whichever API asks for it. */
  planNextAuthorization(orderId: string, outcome: NextOutcome | null): void {
    this.#order(orderId, (posting, order) => posting.store.put('orders', { ...order, nextOutcome: outcome }));
  }

  /** The subscriber ends an agreement at Amazon. */
  closeAgreement(orderId: string): void {
    this.#order(orderId, (posting, order) => stepOrder(posting, order, 'closeByBuyer'));
  }

  /** Amazon closes an order, or cancels it. */
  closeByAmazon(orderId: string): void {
    this.#order(orderId, (posting, order) => stepOrder(posting, order, 'closeByAmazon'));
  }

  cancelByAmazon(orderId: string): void {
    this.#order(orderId, (posting, order) => stepOrder(posting, order, 'cancelByAmazon'));
  }

  #order(id: string, work: (posting: Posting, order: Order) => Order): void {
    this.emulation.post((posting) => work(posting, find(posting, 'orders', id, environmentOf(id), 'OrderNotFound')));
  }

  /** The buyer's bank takes a charge back. Returns the id of the dispute. */
  chargeBack(chargeId: string, filingReason = 'Other'): string {
    return this.emulation.post((posting) => {
      const charge = find(posting, 'charges', chargeId, environmentOf(chargeId), 'CaptureNotFound');
      return openDispute(posting, charge, { filingReason }).id;
    });
  }

  /** Amazon decides a dispute. */
  decideDispute(disputeId: string, winner: 'BuyerWon' | 'MerchantWon'): void {
    this.emulation.post((posting) => {
      find(posting, 'disputes', disputeId, environmentOf(disputeId), 'DisputeNotFound');
      resolveDispute(posting, disputeId, winner);
    });
  }

  /** The buyer signs in to the shop. Returns a buyer token, which lives for a day. */
  signInToShop(buyerId?: string): string {
    const [buyer] = checkChoice(buyerId, undefined);
    return this.emulation.post(({ store, ids, now }) => {
      const id = ids.uuid();
      return store.put('signIns', { id, buyerId: buyer, expiresAt: now + DAY }).id;
    });
  }
}

function checkAddress(buyerId: string | null, address: number): void {
  if (findBuyer(buyerId)?.addresses[address] === undefined)
    throw new LedgerError('InvalidParameterValue', `The buyer has no address ${address}.`);
}

function checkChoice(buyerId = buyers[0]?.id ?? '', card = '1111'): readonly [buyer: string, card: string] {
  if (!buyers.some(({ id }) => id === buyerId))
    throw new LedgerError('InvalidParameterValue', `There is no buyer ${buyerId}.`);
  if (!cards.some(({ tail }) => tail === card))
    throw new LedgerError('InvalidParameterValue', `There is no card that ends in ${card}.`);
  return [buyerId, card];
}
