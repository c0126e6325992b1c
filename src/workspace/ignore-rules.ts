import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Folders of other people's code and of tools; nobody wants to hear of them. */
export const NEVER_ENTERED: ReadonlySet<string> = new Set(['.git', 'node_modules', 'bower_components', '.hg', '.svn']);

/** The rules of one .gitignore and the folder they count from ('' for the root). */
interface RuleSet {
  readonly directory: string;
  readonly rules: Ignore;
}

/** The .gitignore rules that are in force in a folder: its own and those of the folders above it. */
export class IgnoreRules {
  private constructor(
    private readonly sets: readonly RuleSet[],
    private readonly included: Ignore,
  ) {}

  /** @param include patterns in .gitignore syntax that bring ignored paths back */
  static forRoot(include: readonly string[]): IgnoreRules {
    return new IgnoreRules([], ignore().add([...include]));
  }

  /** The rules one folder further down. */
  enter(root: string, directory: string): IgnoreRules {
    let text: string;
    try {
      text = readFileSync(join(root, directory, '.gitignore'), 'utf8');
    } catch {
      return this;
    }
    return new IgnoreRules([...this.sets, { directory, rules: ignore().add(text) }], this.included);
  }

  /** @param path relative to the root; a folder ends with `/` */
  isIgnored(path: string): boolean {
    if (this.isIncluded(path)) return false;
    let ignored = false;
    for (const { directory, rules } of this.sets) {
      const relative = directory === '' ? path : path.slice(directory.length + 1);
      const verdict = rules.test(relative);
      if (verdict.ignored) ignored = true;
      else if (verdict.unignored) ignored = false;
    }
    return ignored;
  }

  isIncluded(path: string): boolean {
    return this.included.ignores(path);
  }
}
