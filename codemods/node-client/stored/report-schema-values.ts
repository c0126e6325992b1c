import type { FindingDraft, SourceUnit } from '../../codemod';
import { listedInText } from '../listed-in-text';
import { schemaValues, type SchemaValues } from './schema-values';
import { COLUMN } from './state-column';
import { areLegacyStates, areLegacyPair, inV2 } from '../values/state-words';

/** What turns down a word that is not listed. */
const TAKERS = {
  column: 'The column takes the states of legacy Amazon Pay alone',
  schema: 'The schema takes the states of legacy Amazon Pay alone',
} as const;
const REFUSED = {
  column: 'the database would refuse them after the money has moved',
  schema: 'an answer or a message that holds them is refused after the money has moved',
} as const;

/**
 * Lists columns of a database, and enumerations of GraphQL, OpenAPI and the like, that take the states of legacy Amazon Pay
 * alone. Nothing connects them with a call, and they are where it hurts most: the state of v2 is refused after the money has
 * moved.
 */
export const reportSchemaValues = ({ path, text }: SourceUnit): FindingDraft[] =>
  schemaValues(path, text)
    .filter(({ words, where }) => areLegacyStates(words, `${path} ${where}`) || isPairOf(words, where))
    .map((values) => findingAt(path, values));

/** Two words alone: only the name of what holds them, on the same line, can tell. */
const isPairOf = (words: readonly string[], where: string): boolean =>
  areLegacyPair(words) && (where.split('\n').at(-1)?.match(/\w+/g) ?? []).some((name) => COLUMN.test(name));

const findingAt = (path: string, { of, words, ...span }: SchemaValues): FindingDraft =>
  listedInText(path, span, {
    rule: 'node-client/state-comparison',
    legacy: { name: words.join(', ') },
    replacement: { name: 'statusDetails.state' },
    message: `${TAKERS[of]}, and objects of v2 have others (${inV2(words)}): ${REFUSED[of]}. Let it take both before the cutover, and keep those of legacy for what is stored.`,
  });
