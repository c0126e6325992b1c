import { codemod } from '../../../codemods/node-client';
import { describeFixtures, describeOpenPlaces } from '../fixture-suite';

describeFixtures('ipn-handler', codemod);
describeOpenPlaces('ipn-handler', codemod);
