/** What a cache knows of a tree; files are numbered folder by folder. */
export interface SavedTree {
  readonly count: number;
  /** Four figures a file. */
  readonly stats: Float64Array;
  /** 1 for a file that held a marker. */
  readonly held: Uint8Array;
  /** Pairs of a file and the key of what it loads. */
  readonly imports: Int32Array;
  /** What the walk passed over, as JSON. */
  readonly walk: string;
  /** Answers for files of a folder, by their place among its names, with their numbers; -1 for one that is new. */
  lookUp(directory: string, names: string): (index: number) => number;
}

export interface TreeToSave extends Pick<SavedTree, 'stats' | 'held' | 'imports' | 'walk'> {
  readonly directories: readonly string[];
  /** The names in each folder, parted by NUL. */
  readonly names: readonly string[];
}

/** Between folders. No name is a slash, and none holds NUL. */
const FOLDER_END = '\0/\0';

/** The parts of a cache that describe a tree. */
export function serialiseTree({ directories, names, stats, held, imports, walk }: TreeToSave): Buffer[] {
  const folders = directories.map((directory, index) => `${directory}\0${names[index] ?? ''}`);
  return [Buffer.from(folders.join(FOLDER_END)), bytesOf(stats), bytesOf(held), bytesOf(imports), Buffer.from(walk)];
}

const bytesOf = (array: Float64Array | Uint8Array | Int32Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);

/** A copy that begins where numbers may begin. */
const aligned = (part: Buffer | undefined): ArrayBuffer => new Uint8Array(part ?? []).buffer;

/** Reads what `serialiseTree` made. */
export function parseTree([names, stats, held, imports, walk]: readonly Buffer[]): SavedTree {
  const folders = new Map<string, { readonly names: string; readonly first: number }>();
  let first = 0;
  const text = names?.toString() ?? '';
  for (const folder of text === '' ? [] : text.split(FOLDER_END)) {
    const end = folder.indexOf('\0');
    const inside = folder.slice(end + 1);
    folders.set(folder.slice(0, end), { names: inside, first });
    first += countNames(inside);
  }
  return {
    count: first,
    stats: new Float64Array(aligned(stats)),
    held: new Uint8Array(aligned(held)),
    imports: new Int32Array(aligned(imports)),
    walk: walk?.toString() ?? '',
    lookUp: (directory, wanted) => {
      const folder = folders.get(directory);
      if (folder === undefined) return () => -1;
      // A folder that nothing was added to or taken from is listed in the same order.
      if (wanted === folder.names) return (index) => folder.first + index;
      const numbers = new Map(folder.names.split('\0').map((name, index) => [name, folder.first + index]));
      const all = wanted.split('\0');
      return (index) => numbers.get(all[index] ?? '') ?? -1;
    },
  };
}

function countNames(names: string): number {
  let count = 1;
  for (let at = names.indexOf('\0'); at !== -1; at = names.indexOf('\0', at + 1)) count += 1;
  return count;
}
