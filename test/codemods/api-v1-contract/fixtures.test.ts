import { codemod } from '../../../codemods/api-v1-contract';
import { describeFixtures, describeOpenPlaces } from '../fixture-suite';

describeFixtures('api-v1-contract', codemod);
describeOpenPlaces('api-v1-contract', codemod);
