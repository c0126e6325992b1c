import { extname } from 'node:path';
import type { LoadedFile } from './loaded-file';

/** How a report of each format begins: it speaks of every legacy place, and read as code it would add to them every time. */
const beginnings: Readonly<Record<string, RegExp>> = {
  '.json': /^\s*\{\s*"schemaVersion":\s*\d+,\s*"tool":\s*\{\s*"name":\s*"amazon-pay-migrate"/,
  '.md': /^## Amazon Pay migration: (?:audit|migrate|progress|cutover)\r?\n/,
  '.sarif':
    /^\s*\{\s*"\$schema":\s*"[^"]{1,200}",\s*"version":\s*"2\.1\.0",\s*"runs":\s*\[\s*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"amazon-pay-migrate"/,
  '.csv': /^\ufeff?"standing","automation","area","rule",/,
  '.xml': /^<\?xml [^>]{1,100}\?>\s*<testsuites>\s*<testsuite [^>]{0,40}package="amazon-pay-migrate"/,
  '.html':
    /^<!doctype html>\s*<html lang="en">\s*<head>\s*<meta charset="utf-8" ?\/?>\s*<meta name="generator" content="amazon-pay-migrate/i,
};

/** Whether a file is what `--report` wrote. */
export function isOwnReport({ path, text }: Pick<LoadedFile, 'path' | 'text'>): boolean {
  return beginnings[extname(path).toLowerCase()]?.test(text) ?? false;
}
