import { answersExamples } from './answers';
import { objectsExamples } from './objects';
import { readersExamples } from './readers';
import { readsExamples } from './reads';
import type { RuleExamples } from '../rule-example';

export const ipnExamples: RuleExamples = {
  ...readersExamples,
  ...readsExamples,
  ...objectsExamples,
  ...answersExamples,
};
