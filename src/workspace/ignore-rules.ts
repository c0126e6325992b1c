import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Folders of other people's code and of tools; nobody wants to hear of them. */
export const NEVER_ENTERED: ReadonlySet<string> = new Set(['.git', 'node_modules', 'bower_components', '.hg', '.svn']);

/** Where this tool keeps what it remembers of a project; no part of it, also where `--include node_modules/` is given. */
export const CACHE_FOLDER = 'node_modules/.cache/amazon-pay-migrate';

/** Paths after which the matcher is made anew: it remembers every path that it was asked about. */
const MAX_REMEMBERED = 10_000;

/** The rules of one .gitignore and the folder they count from ('' for the root). */
class RuleSet {
  private asked = 0;

  constructor(
    private readonly directory: string,
    private rules: Ignore,
  ) {}

  test(path: string): { readonly ignored: boolean; readonly unignored: boolean } {
    this.asked += 1;
    if (this.asked % MAX_REMEMBERED === 0) this.rules = ignore().add(this.rules);
    return this.rules.test(this.directory === '' ? path : path.slice(this.directory.length + 1));
  }
}

/** The .gitignore rules that are in force in a folder: its own and those of the folders above it. */
export class IgnoreRules {
  private constructor(
    private readonly sets: readonly RuleSet[],
    /** Undefined when nothing is to be brought back. */
    private readonly included: RuleSet | undefined,
  ) {}

  /** @param include patterns in .gitignore syntax that bring ignored paths back */
  static forRoot(include: readonly string[]): IgnoreRules {
    const included = include.length === 0 ? undefined : new RuleSet('', ignore().add([...include]));
    return new IgnoreRules([], included);
  }

  /** The rules one folder further down. */
  enter(root: string, directory: string): IgnoreRules {
    let text: string;
    try {
      text = readFileSync(join(root, directory, '.gitignore'), 'utf8');
    } catch {
      return this;
    }
    return new IgnoreRules([...this.sets, new RuleSet(directory, ignore().add(text))], this.included);
  }

  /** @param path relative to the root; a folder ends with `/` */
  isIgnored(path: string): boolean {
    if (this.isIncluded(path)) return false;
    let ignored = false;
    for (const set of this.sets) {
      const verdict = set.test(path);
      if (verdict.ignored) ignored = true;
      else if (verdict.unignored) ignored = false;
    }
    return ignored;
  }

  isIncluded(path: string): boolean {
    return this.included?.test(path).ignored === true;
  }
}

/** Whether a folder is passed over before its rules are asked. */
export function isNeverEntered(path: string, rules: IgnoreRules): boolean {
  if (path === CACHE_FOLDER) return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return NEVER_ENTERED.has(name) && !(name !== '.git' && rules.isIncluded(`${path}/`));
}

/** Whether a walk from the root would come to a file. */
export function isWalked(root: string, path: string, include: readonly string[]): boolean {
  let rules = IgnoreRules.forRoot(include).enter(root, '');
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    const directory = path.slice(0, end);
    if (isNeverEntered(directory, rules) || rules.isIgnored(`${directory}/`)) return false;
    rules = rules.enter(root, directory);
  }
  return !rules.isIgnored(path);
}
