import { PHP_HELPER } from './emitted-class';
import { PHP_NOTIFICATION } from './emitted-notification';

const nameOf = (path: string): string => path.replace(/^.*\//, '');

export const isHelper = (path: string): boolean => nameOf(path) === PHP_HELPER;

/** The files that this tool writes: what stands in them is no use of a client. */
export const isEmitted = (path: string): boolean => isHelper(path) || nameOf(path) === PHP_NOTIFICATION;
