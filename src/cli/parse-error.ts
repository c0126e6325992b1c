/** What is wrong with a command line, as the parser puts it; `describeUsageError` turns it into words for people. */
export class ParseError extends Error {
  override readonly name = 'ParseError';
}
