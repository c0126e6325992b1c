import { codemod } from '../../../codemods/browser';
import { describeFixtures } from '../fixture-suite';

describeFixtures('browser', codemod);
