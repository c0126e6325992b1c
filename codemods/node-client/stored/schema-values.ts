import { ofGraphql, ofPrisma, ofProtocolBuffers } from './schema-blocks';
import { ofKeys } from './schema-keys';
import { ofScripts, ofSql } from './schema-lists';

/** A list of words that a schema allows, and where it stands. */
export interface SchemaValues {
  readonly of: 'column' | 'schema';
  readonly words: readonly string[];
  /** What names them. */
  readonly where: string;
  readonly start: number;
  readonly end: number;
}

export type Read = (text: string) => SchemaValues[];

/** By the name of the file. In scripts GraphQL stands in texts; an enumeration of TypeScript has commas. */
const FORMATS: readonly (readonly [RegExp, Read])[] = [
  [/\.(?:sql|ddl)$/i, ofSql],
  [/\.prisma$/i, ofPrisma],
  [/\.(?:graphqls?|gql)$/i, ofGraphql],
  [/\.proto$/i, ofProtocolBuffers],
  [/\.(?:ya?ml|json|avsc|raml)$/i, ofKeys],
  [
    /\.[cm]?[jt]sx?$/i,
    (text) => [
      ...ofGraphql(text).filter(({ start, end }) => !text.slice(start, end).includes(',')),
      ...ofScripts(text),
    ],
  ],
];

const LISTS = /\b(?:enum|symbols|in|array|check|valid|allow|oneOf|isIn)\b/i;

/** The lists of words that a file allows, as far as its kind says so. Nothing for other files. */
export const schemaValues = (path: string, text: string): SchemaValues[] =>
  LISTS.test(text) ? (FORMATS.find(([kind]) => kind.test(path))?.[1](text) ?? []) : [];
