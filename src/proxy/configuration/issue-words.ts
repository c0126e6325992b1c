import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  number: 'a number',
  int: 'a whole number',
  string: 'a text in quotes',
  boolean: 'true or false',
  array: 'a list: [ … ]',
  object: 'a section: { … }',
  record: 'a section: { … }',
};

const formats: Readonly<Record<string, string>> = {
  url: 'is no address, such as http://127.0.0.1:3000/ipn',
  date: 'is no day, such as 2026-12-31',
  datetime: 'is no time, such as 2026-11-26T08:00:00Z',
};

/** What a bound is of. */
const bounds: Readonly<Record<string, (bound: string) => string>> = {
  string: (bound) => `must have ${bound} characters`,
  array: (bound) => `must have ${bound} entries`,
};

const quoted = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ');

export const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? `must be ${quoted(values)}` : `must be one of ${quoted(values)}`;

/** The texts of the validator are for programmers; those of our own schemas begin with a verb and say what is wrong. */
const isOwn = (message: string): boolean => !/^(?:Invalid|Too|Unrecognized|No matching)/.test(message);

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const isSmall = issue.code === 'too_small';
  const limit = String(isSmall ? issue.minimum : issue.maximum);
  if (isSmall && limit === '1' && issue.origin === 'string') return 'is empty';
  const word = isSmall
    ? issue.inclusive === false
      ? `more than ${limit}`
      : `at least ${limit}`
    : issue.inclusive === false
      ? `less than ${limit}`
      : `at most ${limit}`;
  return (bounds[issue.origin] ?? ((text: string) => `must be ${text}`))(word);
}

/** Says what is wrong with a value, and what may stand there; never what stands there, which may be a secret. */
export function wordsOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) return 'is missing';
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`;
  if (isOwn(issue.message)) return issue.message;
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_format':
      return formats[issue.format] ?? 'has another form than it may have';
    case 'unrecognized_keys':
      return `has ${quoted(issue.keys)}, which is not known here`;
    default:
      return 'has none of the forms that it may have';
  }
}
