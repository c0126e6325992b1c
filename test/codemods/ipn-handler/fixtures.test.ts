import { codemod } from '../../../codemods/node-client';
import { describeFixtures } from '../fixture-suite';

describeFixtures('ipn-handler', codemod);
