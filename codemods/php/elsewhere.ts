import { foreignLanguages } from '../../src/catalog/languages';
import type { CodemodInput, SearchQuestion } from '../codemod';
import { isEmitted } from './emitted-files';

/** Where containers are told which classes to make. */
const SETTINGS = /\.(?:ya?ml|xml|neon|json)$/i;

const KINDS = {
  code: (path) => foreignLanguages.php.files.test(path) && !isEmitted(path),
  settings: (path) => SETTINGS.test(path),
} as const satisfies Readonly<Record<string, SearchQuestion['isWanted']>>;

/**
 * What the files say that the codemod is not given. All questions of a round are asked together, since each search reads the
 * whole project: until then nothing is found there, and with new answers there is another round.
 */
export class Elsewhere {
  private readonly answers = new Map<string, string | undefined>();
  private readonly open = new Map<string, SearchQuestion>();

  constructor(private readonly search: NonNullable<CodemodInput['searchElsewhere']> = () => []) {}

  /** The first file of a kind that has a match, as far as is known. */
  find(kind: keyof typeof KINDS, pattern: RegExp): string | undefined {
    const question = `${kind} ${pattern}`;
    if (!this.answers.has(question)) this.open.set(question, { pattern, isWanted: KINDS[kind] });
    return this.answers.get(question);
  }

  /** Answers what was asked since the last time; false where nothing was. */
  answerAll(): boolean {
    if (this.open.size === 0) return false;
    const found = this.search([...this.open.values()]);
    [...this.open.keys()].forEach((question, index) => this.answers.set(question, found[index]));
    this.open.clear();
    return true;
  }
}
