import type { LegacyClass } from '../../src/catalog/languages';
import { nameClass } from './class-names';
import type { Sources } from './collect-sources';

/** Classes between one and the legacy class that it extends. */
const MAX_LINE = 12;

/** Which class extends which, by their simple names. */
export class ClassLines {
  constructor(private readonly sources: Sources) {}

  /** A class and those that it extends or mixes in. */
  of(name: string): string[] {
    const line = new Set([name]);
    for (const one of line) {
      if (line.size > MAX_LINE) break;
      for (const { file, written } of this.sources.parents.get(one) ?? []) {
        const named = nameClass(file, written);
        if (named.kind === 'own') line.add(named.name);
      }
    }
    return [...line];
  }

  /** The legacy class that a class extends, through classes in between. */
  legacyParentOf(name: string): LegacyClass | undefined {
    for (const one of this.of(name)) {
      for (const { file, written } of this.sources.parents.get(one) ?? []) {
        const named = nameClass(file, written);
        if (named.kind === 'legacy') return named.row;
      }
    }
    return undefined;
  }

  /** Whether a class, or one that it extends, declares a method. */
  declares(className: string, method: string): boolean {
    return this.of(className).some((name) => this.sources.methods.has(`${name}.${method}`));
  }
}
