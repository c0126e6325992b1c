import { apiV1ContractRules } from '../api-v1-contract';
import { browserRules } from '../browser';
import { scaffoldRules } from './scaffold';
import type { Rule } from '../types';
import { ipnRules } from './ipn';
import { nodeClientRules } from './node-client';
import { phpRules } from './php';
import { otherLanguageRules } from './other-language';
import { projectRules } from './project';
import { rawMwsRules } from './raw-mws';

/** Every kind of place that must change, by id. */
export const rules: Readonly<Record<string, Rule>> = Object.fromEntries(
  [
    ...nodeClientRules,
    ...rawMwsRules,
    ...ipnRules,
    ...projectRules,
    ...apiV1ContractRules,
    ...browserRules,
    ...otherLanguageRules,
    ...scaffoldRules,
    ...phpRules,
  ].map((rule) => [rule.id, rule]),
);
