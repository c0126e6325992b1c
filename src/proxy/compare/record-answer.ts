import type { ReadOutcome as RecordAnswer } from '../deliver/answer';
import type { Side } from '../observer';
import { saveOutcome } from '../store/outcomes';
import { readOutcome } from './read-outcome';
import type { CompareSettings } from './settings';

/** Keeps what a handler said of its order, of both sides; what it does not say any more does not stay from before. */
export function createRecordAnswer(settings: Pick<CompareSettings, Side>): RecordAnswer {
  return async (queries, { side, orderKey, json, answeredAt }) => {
    const { from, states } = settings[side];
    if (from !== 'answer' || orderKey === null) return;
    const canonical = JSON.stringify(readOutcome(json, states));
    await saveOutcome(queries, { orderKey, side, source: 'answer', sampledAt: answeredAt, canonical });
  };
}
