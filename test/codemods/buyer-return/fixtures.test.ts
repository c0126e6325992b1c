import { codemod } from '../../../codemods/buyer-return';
import { describeFixtures, describeOpenPlaces } from '../fixture-suite';

describeFixtures('buyer-return', codemod);
describeOpenPlaces('buyer-return', codemod);
