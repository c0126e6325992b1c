import { apiV1ContractExamples } from './api-v1-contract';
import { browserExamples } from './browser';
import { ipnExamples } from './ipn';
import { nodeClientExamples } from './node-client';
import { phpExamples } from './php';
import { otherLanguageExamples } from './other-language';
import { projectExamples } from './project';
import { rawMwsExamples } from './raw-mws';
import type { RuleExamples } from './rule-example';
import { scaffoldExamples } from './scaffold';

export { plainManifest, type RuleExample } from './rule-example';

/** What each rule finds, before and after. A test runs the engine on every one of them. */
export const ruleExamples: RuleExamples = {
  ...nodeClientExamples,
  ...rawMwsExamples,
  ...ipnExamples,
  ...projectExamples,
  ...apiV1ContractExamples,
  ...browserExamples,
  ...otherLanguageExamples,
  ...scaffoldExamples,
  ...phpExamples,
};
