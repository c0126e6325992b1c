import { codemod } from '../../../codemods/node-client';
import { describeFixtures, describeOpenPlaces } from '../fixture-suite';

describeFixtures('node-client', codemod);
describeOpenPlaces('node-client', codemod);
