import { codemod } from '../../../codemods/api-v1-contract';
import { describeFixtures } from '../fixture-suite';

describeFixtures('api-v1-contract', codemod);
