import { tableNames, type TableName, type Tables } from './rows';

/** One row that a transaction wrote. `before` is undefined for a new row, `after` for one that is gone. */
export type Change = {
  [T in TableName]: {
    readonly table: T;
    readonly before: Tables[T] | undefined;
    readonly after: Tables[T] | undefined;
  };
}[TableName];

type Maps = { readonly [T in TableName]: Map<string, Tables[T]> };

/** The rows, in memory. They are never changed in place: a new row takes the place of the old one. */
export class Store {
  readonly #maps = Object.fromEntries(tableNames.map((name) => [name, new Map()])) as unknown as Maps;
  #changes: Change[] | null = null;

  /** `journal` sees what every transaction wrote before anyone else learns of it; when it throws, nothing has happened. */
  constructor(private readonly journal: (changes: readonly Change[]) => void = () => {}) {}

  get<T extends TableName>(table: T, id: string): Tables[T] | undefined {
    return (this.#maps[table] as Map<string, Tables[T]>).get(id);
  }

  all<T extends TableName>(table: T): IterableIterator<Tables[T]> {
    return (this.#maps[table] as Map<string, Tables[T]>).values();
  }

  count(table: TableName): number {
    return this.#maps[table].size;
  }

  /** The rows that were made last, oldest first. */
  last<T extends TableName>(table: T, count = Infinity): readonly Tables[T][] {
    const rows = [...this.all(table)];
    return count >= rows.length ? rows : rows.slice(rows.length - count);
  }

  put<T extends TableName>(table: T, row: Tables[T]): Tables[T] {
    this.#write(table, row.id, row);
    return row;
  }

  remove(table: TableName, id: string): void {
    this.#write(table, id, undefined);
  }

  /** What the transaction has written so far. */
  pending(): readonly Change[] {
    return this.#changes ?? [];
  }

  /** Runs work that writes. When it throws, everything it wrote is taken back. */
  transact<T>(work: () => T): { readonly result: T; readonly changes: readonly Change[] } {
    if (this.#changes !== null) throw new Error('A transaction may not begin inside another.');
    const changes: Change[] = (this.#changes = []);
    try {
      const result = work();
      if (changes.length > 0) this.journal(changes);
      return { result, changes };
    } catch (error) {
      for (const { table, before, after } of changes.reverse()) {
        const id = (before ?? after)?.id;
        if (id !== undefined) this.#set(table, id, before);
      }
      throw error;
    } finally {
      this.#changes = null;
    }
  }

  /** Puts back what a journal kept; nothing else hears of it. */
  restore(table: TableName, id: string, row: Tables[TableName] | undefined): void {
    this.#set(table, id, row);
  }

  #write<T extends TableName>(table: T, id: string, row: Tables[T] | undefined): void {
    if (this.#changes === null) throw new Error('Rows are written in a transaction only.');
    this.#changes.push({ table, before: this.get(table, id), after: row } as Change);
    this.#set(table, id, row);
  }

  #set(table: TableName, id: string, row: Tables[TableName] | undefined): void {
    const map = this.#maps[table] as Map<string, Tables[TableName]>;
    if (row === undefined) map.delete(id);
    else map.set(id, row);
  }
}
