const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'leads through something that is no folder',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be used by the user of this process',
  EPERM: 'may not be used by the user of this process',
  EROFS: 'is on a file system that nothing can be written to',
  ENOSPC: 'is on a full disk',
  EDQUOT: 'is on a disk whose quota is used up',
  EINVAL: 'is on a file system that keeps no files of this kind',
  ELOOP: 'is a link that leads to itself',
};

/** What is in the way of a file, after its name; of what is not known the words of the system. */
export function fileErrorReason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ''] ?? `cannot be used (${code ?? message})`;
}

/** Whether the system refused something about a file, or an address. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  typeof (error as Partial<NodeJS.ErrnoException> | null)?.syscall === 'string';
