import { codemod } from '../../../codemods/php';
import { describeFixtures } from '../fixture-suite';

describeFixtures('php', codemod);
