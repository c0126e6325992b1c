import { ParseErrorCode, type ParseError } from 'jsonc-parser';

const words: Readonly<Partial<Record<ParseErrorCode, string>>> = {
  [ParseErrorCode.InvalidSymbol]: 'a word that JSON does not know: texts stand in double quotes',
  [ParseErrorCode.InvalidNumberFormat]: 'a number that is none',
  [ParseErrorCode.PropertyNameExpected]: 'the name of a setting is missing, in double quotes',
  [ParseErrorCode.ValueExpected]: 'a value is missing',
  [ParseErrorCode.ColonExpected]: 'a colon is missing',
  [ParseErrorCode.CommaExpected]: 'a comma is missing',
  [ParseErrorCode.CloseBraceExpected]: 'a } is missing',
  [ParseErrorCode.CloseBracketExpected]: 'a ] is missing',
  [ParseErrorCode.EndOfFileExpected]: 'the configuration has ended, and more stands after it',
  [ParseErrorCode.UnexpectedEndOfComment]: 'a comment does not end',
  [ParseErrorCode.UnexpectedEndOfString]: 'a text does not end: a double quote is missing',
  [ParseErrorCode.InvalidEscapeCharacter]:
    'a backslash before a character that it cannot stand before: write \\\\ for one',
  [ParseErrorCode.InvalidCharacter]: 'a character that a text cannot hold: write it as \\u and four digits',
};

/** A setting as YAML, TOML or a list of variables has it, where JSON begins with a brace. */
const OTHER_FORMAT = /^(?:\s*#.*\n)*\s*(?:---|\[\w+\]|[\w.-]+\s*[:=])/;

/** What is wrong with a text that is to be JSON with comments, in plain words. */
export function describeJsonError(text: string, { error }: Pick<ParseError, 'error'>): string {
  if (text.trim() === '') return 'nothing stands there.';
  if (OTHER_FORMAT.test(text)) return 'no JSON. Write { "receive": { … } }; comments may stand in it.';
  return `no JSON: ${words[error] ?? 'it cannot be read'}.`;
}
