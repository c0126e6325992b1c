import type { Clock } from '../clock';
import type { Side } from '../observer';
import type { Role } from '../store/attempts';
import type { Database, Queries } from '../store/database';
import { findAgreementSide, isAgreementAwaited, isOfPayment } from '../store/agreement-sides';
import type { StoredMessage } from '../store/inbox';
import { resolveOrder } from '../store/order-keys';
import { BY_HAND, beginOrder, findOrderSide, findOrigin, lockSides, type OrderSide } from '../store/order-sides';
import type { CurrentMode } from './current-mode';
import type { Mode, ModeInForce } from './mode';
import { rolesOf, sideUnder, type Origin, type Roles } from './roles';
import { sideByShare } from './share';

/** What each handler is to a message now. */
export interface Decision {
  readonly mode: Mode;
  /** The side on which the order is. */
  readonly side: Side;
  readonly roles: Readonly<Record<Side, Role | 'none'>>;
  /** When the order came to its side; where it is none, when the mode began. */
  readonly sideSince: number;
  /** A message that came by then may have been another side's: the answer to this question has changed since. */
  readonly knownUntil: number;
}

/** The part of a message that its side is decided by. */
export type SidedMessage = Pick<StoredMessage, 'kind' | 'order_key' | 'message_id'>;

/** Longer than a GET takes, shorter than a merchant waits for an order to go on. */
const AGREEMENT_WAIT_MS = 30_000;

const originOf = ({ kind }: SidedMessage): Origin => (kind === 'v2' ? 'v2' : 'v1');

/** Decides, at the moment of sending, which handler counts for a message. */
export class RoleDecider {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly modes: CurrentMode,
    /** Whether the configuration declares that the migrated handler can be called without effect. */
    private readonly canDryRun: boolean,
  ) {}

  async decide(message: SidedMessage): Promise<Decision> {
    const mode = await this.modes.get();
    if (message.order_key === null) return this.#decision(mode, originOf(message), null, message.message_id);
    const order = (await findOrderSide(this.database, message.order_key)) ?? (await this.#begin(message));
    return this.#decision(mode, order.origin, order, message.order_key);
  }

  /**
   * Whether the side of a payment is worth waiting for: it begins under a share, and Amazon is about to tell of an agreement,
   * whose payments are on one side. No message waits longer than that takes as a rule.
   */
  async isAgreementAwaited(message: SidedMessage & Pick<StoredMessage, 'object_id' | 'received_at'>): Promise<boolean> {
    const { mode, sharePercent } = await this.modes.get();
    if (mode !== 'cutover' || sharePercent <= 0 || sharePercent >= 100) return false;
    if (message.kind !== 'v1' || message.order_key === null || !isOfPayment(message.object_id)) return false;
    if (this.clock.now() >= message.received_at + AGREEMENT_WAIT_MS) return false;
    if ((await findOrderSide(this.database, message.order_key)) !== null) return false;
    return isAgreementAwaited(this.database, message.order_key);
  }

  /** The same by what the store says within a transaction, for what must not rest on a mode that is a second old. */
  async decideWithin(queries: Queries, message: SidedMessage): Promise<Decision> {
    const mode = await this.modes.read(queries);
    if (message.order_key === null) return this.#decision(mode, originOf(message), null, message.message_id);
    const order =
      (await findOrderSide(queries, message.order_key)) ?? (await this.#sideToBegin(queries, message, mode));
    return this.#decision(mode, order.origin, order, message.order_key);
  }

  #decision(mode: ModeInForce, origin: Origin, order: OrderSide | null, key: string): Decision {
    const side = order?.side ?? sideUnder(mode.mode, origin, sideByShare(key, mode.sharePercent));
    const isForced = order?.why === BY_HAND;
    return {
      mode: mode.mode,
      side,
      roles: this.#withoutUndeclared(rolesOf(mode.mode, origin, side)),
      sideSince: order?.decided_at ?? mode.changedAt,
      // Few orders are moved by hand: of those every message is looked at.
      knownUntil: isForced ? Infinity : mode.knownUntil,
    };
  }

  #withoutUndeclared(roles: Roles): Roles {
    return roles.migrated === 'dry-run' && !this.canDryRun ? { ...roles, migrated: 'none' } : roles;
  }

  #begin(message: SidedMessage): Promise<OrderSide> {
    return this.database.transaction(async (queries) => {
      await lockSides(queries, this.database.dialect, 'shared');
      return beginOrder(queries, await this.#sideToBegin(queries, message, await this.modes.read(queries)));
    });
  }

  /** The side of an order that has none: that of its agreement, where Amazon has told of one. */
  async #sideToBegin(queries: Queries, message: SidedMessage, { mode, sharePercent }: ModeInForce): Promise<OrderSide> {
    const orderKey = message.order_key ?? message.message_id;
    const agreement = await resolveOrder(queries, orderKey);
    const others = await findAgreementSide(queries, agreement);
    const ofItself = await findOrigin(queries, orderKey);
    const origin = ofItself ?? (agreement === orderKey ? others?.origin : undefined) ?? originOf(message);
    const side = sideUnder(mode, origin, others?.side ?? sideByShare(agreement, sharePercent));
    const isHeld = origin === 'v1' && others?.why === BY_HAND && others.side === side;
    return {
      order_key: orderKey,
      side,
      origin,
      decided_at: this.clock.now(),
      why: isHeld ? BY_HAND : `mode:${mode}`,
    };
  }
}
