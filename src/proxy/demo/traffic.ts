import type { SampleHandlers } from './sample-handlers';
import type { SampleShop } from './sample-shop';

/** What a buyer does next: the list is gone through again and again. */
const steps = [
  'legacy',
  'legacy',
  'refund-cents',
  'legacy',
  'refused',
  'v2',
  'legacy',
  'refund',
  'v2',
  'legacy',
] as const;
type Step = (typeof steps)[number];

export interface Traffic {
  stop(): Promise<void>;
}

/** Keeps buying. Each order begins `paceMs` after the one before it. */
export function startTraffic(
  shop: SampleShop,
  handlers: SampleHandlers,
  paceMs: number,
  onFailure: (error: unknown) => void,
): Traffic {
  let isStopped = false;
  let count = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const next = (): void => {
    const step = steps[count % steps.length] ?? 'legacy';
    count += 1;
    running = buy(step, count)
      .catch((error: unknown) => onFailure(error))
      .then(() => {
        if (!isStopped) timer = setTimeout(next, paceMs);
      });
  };
  const isFirstRound = (): boolean => count <= steps.length;

  async function buy(step: Step, number: number): Promise<void> {
    const amount = `${20 + (number % 30)}.${String((number * 7) % 100).padStart(2, '0')}`;
    if (step === 'v2') return shop.sellByV2(amount);
    const { orderId, captureId } = await shop.sellByLegacy(amount);
    // One dead letter and one difference are enough to look at; later rounds only go well.
    if (step === 'refused' && isFirstRound()) handlers.refusedOrder = orderId;
    if (step === 'refund' || step === 'refused') await shop.refundByLegacy(captureId, '5');
    if (step === 'refund-cents' && isFirstRound()) await shop.refundByLegacy(captureId, '10.50');
  }

  next();
  return {
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
