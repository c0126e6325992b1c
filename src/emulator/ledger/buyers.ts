import type { Address, Buyer, Order } from './rows';

const buyer = (id: string, name: string, address: Address, ...others: readonly Address[]): Buyer => ({
  id: `amzn1.account.${id}`,
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@buyer.example`,
  address,
  addresses: [address, ...others],
});

const base = { addressLine2: null, addressLine3: null, county: null, district: null } as const;

/** The people who can buy here. */
export const buyers: readonly Buyer[] = [
  buyer(
    'EMULATEDBUYER1',
    'Susie Smith',
    {
      ...base,
      name: 'Susie Smith',
      addressLine1: '10 Ditka Ave',
      addressLine2: 'Suite 2500',
      city: 'Chicago',
      stateOrRegion: 'IL',
      postalCode: '60602',
      countryCode: 'US',
      phoneNumber: '800-000-0000',
    },
    {
      ...base,
      name: 'Susie Smith, office',
      addressLine1: '1 Harbor Street',
      city: 'Boston',
      stateOrRegion: 'MA',
      postalCode: '02108',
      countryCode: 'US',
      phoneNumber: '800-000-0001',
    },
  ),
  buyer('EMULATEDBUYER2', 'Hans Schmidt', {
    ...base,
    name: 'Hans Schmidt',
    addressLine1: '',
    // As German addresses come: the street stands in the second line (facts: captures.md section 6).
    addressLine2: 'Marcel-Breuer-Str. 12',
    city: 'München',
    stateOrRegion: null,
    postalCode: '80807',
    countryCode: 'DE',
    phoneNumber: '089000000',
  }),
];

export const findBuyer = (id: string | null): Buyer | null => buyers.find((buyer) => buyer.id === id) ?? null;

/** Where an order, or what is to become one, is shipped to: the buyer has chosen one of the addresses. */
export const findAddress = ({ buyerId, address }: Pick<Order, 'buyerId' | 'address'>): Address | null =>
  findBuyer(buyerId)?.addresses[address] ?? findBuyer(buyerId)?.address ?? null;

export interface Card {
  readonly tail: string;
  readonly brand: string;
  /** What happens to who pays with it (facts: captures.md section 1.1). */
  readonly behaviour: 'pays' | 'buyerCanceled' | 'declined' | 'pending' | 'pendingDeclined';
}

const card = (tail: string, brand: string, behaviour: Card['behaviour'] = 'pays'): Card => ({ tail, brand, behaviour });

export const cards: readonly Card[] = [
  card('1111', 'Visa'),
  card('4444', 'Mastercard'),
  card('0005', 'Amex'),
  card('3064', 'Visa', 'buyerCanceled'),
  card('3434', 'Visa', 'declined'),
  card('0701', 'Visa', 'pending'),
  card('4354', 'Visa', 'pendingDeclined'),
];

export const findCard = (tail: string | null): Card | null => cards.find((one) => one.tail === tail) ?? null;
