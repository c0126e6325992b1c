import { codemod } from '../../../codemods/node-client';
import { describeFixtures } from '../fixture-suite';

describeFixtures('node-client', codemod);
