import { answersExamples } from './answers';
import { callsExamples } from './calls';
import { clientExamples } from './client';
import { othersExamples } from './others';
import type { RuleExamples } from '../rule-example';

export const nodeClientExamples: RuleExamples = {
  ...clientExamples,
  ...callsExamples,
  ...answersExamples,
  ...othersExamples,
};
