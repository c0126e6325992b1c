import { codemod } from '../../../codemods/browser';
import { describeFixtures, describeOpenPlaces } from '../fixture-suite';

describeFixtures('browser', codemod);
describeOpenPlaces('browser', codemod);
