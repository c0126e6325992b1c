import { buttonExamples } from './button';
import { loginExamples } from './login';
import { namesExamples } from './names';
import { scriptExamples } from './script';
import { widgetsExamples } from './widgets';
import type { RuleExamples } from '../rule-example';

export const browserExamples: RuleExamples = {
  ...scriptExamples,
  ...buttonExamples,
  ...widgetsExamples,
  ...loginExamples,
  ...namesExamples,
};
