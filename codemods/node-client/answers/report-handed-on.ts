import { answerRead } from '../../../src/catalog';
import type { FileContext } from '../context';
import { EmittedAnswers } from './emitted-answers';
import { reportUntypedReads } from '../untyped/report-untyped-reads';
import { reportUntypedTests } from '../untyped/report-untyped-tests';
import { UntypedAnswers } from '../untyped/untyped-answers';

const NO_EVENTS = new EmittedAnswers([]);

/**
 * Lists what reads legacy answers in a package that has no call of Amazon Pay and loads none that has: the page of a server, a
 * worker that is fed by a queue. Others have parts of such names, so that a file has to read a field of one.
 */
export function reportHandedOn(context: FileContext): void {
  if (!answerRead.test(context.file.unit.text)) return;
  const answers = new UntypedAnswers(context, NO_EVENTS);
  reportUntypedReads(context, answers);
  reportUntypedTests(context, answers);
}
