import { watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { isWalked } from './ignore-rules';
import { walk } from './walk';
import { messageOf, WorkspaceError } from './workspace-error';

/** Milliseconds of quiet after which a change is told: an editor saves in several steps, a checkout writes many files. */
const QUIET = 100;

/** Watches the folders that an audit would enter, and tells when a file that it would read may have changed. */
export class TreeWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private timer: NodeJS.Timeout | undefined;
  private isChanged = false;
  private wake: () => void = () => undefined;

  /**
   * @param isOwn paths that this tool writes itself
   * @throws WorkspaceError WATCH_REFUSED when the system lets nobody watch so many folders
   */
  constructor(
    private readonly root: string,
    private readonly include: readonly string[],
    private readonly isOwn: (path: string) => boolean,
  ) {
    this.renew();
  }

  /** Resolves when something has changed since the last call. */
  async next(signal: AbortSignal): Promise<void> {
    if (!this.isChanged && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        signal.addEventListener('abort', this.wake);
      });
      signal.removeEventListener('abort', this.wake);
    }
    this.isChanged = false;
    // Folders may have come or gone.
    if (!signal.aborted) this.renew();
  }

  stop(): void {
    clearTimeout(this.timer);
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }

  private renew(): void {
    const found = new Set<string>();
    const walking = walk(this.root, { include: this.include, onDirectory: (directory) => found.add(directory) });
    while (walking.next().done !== true);
    for (const [directory, watcher] of this.watchers) {
      if (found.has(directory)) continue;
      watcher.close();
      this.watchers.delete(directory);
    }
    for (const directory of found) if (!this.watchers.has(directory)) this.watchFolder(directory);
  }

  private watchFolder(directory: string): void {
    try {
      const watcher = watch(join(this.root, directory), (_, name) => {
        this.notice(name === null ? undefined : directory === '' ? name : `${directory}/${name}`);
      });
      // A folder that is gone shows in the one above it.
      watcher.on('error', () => this.notice(undefined));
      this.watchers.set(directory, watcher);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      this.stop();
      throw new WorkspaceError(
        'WATCH_REFUSED',
        `The system refuses to watch ${directory || this.root}: ${messageOf(error)}`,
        'On Linux: sudo sysctl fs.inotify.max_user_watches=524288',
      );
    }
  }

  private notice(path: string | undefined): void {
    if (path !== undefined && (this.isOwn(path) || !isWalked(this.root, path, this.include))) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isChanged = true;
      this.wake();
    }, QUIET);
  }
}
