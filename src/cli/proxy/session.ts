import { z } from 'zod';
import { createColours } from '../../report/colours';
import { CliError } from '../cli-error';
import { wantsColour, type Streams } from '../terminal-streams';
import { Admin } from './admin';
import { findAddress } from './find-address';
import type { Screen } from './table';

/** What every command about a proxy that runs takes. */
export const commonSettings = z.object({
  config: z.string().optional(),
  url: z.string().optional(),
  json: z.boolean().default(false),
});

export interface Session {
  readonly admin: Admin;
  readonly screen: Screen;
  /** The answer for a program, or what `render` makes of it for people. */
  show<T>(answer: T, render: (answer: T) => string): void;
}

/** Where a width is not known, a program or a file reads: tables stay tables. */
const UNLIMITED = 10_000;

/** What JSON leaves as it is, and a terminal does not: characters that cannot be seen are written as their numbers. */
const invisible = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** An answer for a program, which reads the same out of it, and safe on a terminal. */
export const toJson = (answer: unknown): string =>
  `${JSON.stringify(answer, null, 2).replace(
    invisible,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}\n`;

/** Finds the proxy, and the way to say what it answers. */
export function openSession(options: z.infer<typeof commonSettings>, { stdout, environment }: Streams): Session {
  const screen = {
    columns: stdout.isTTY === true ? (stdout.columns ?? UNLIMITED) : UNLIMITED,
    colours: createColours(wantsColour(stdout, environment)),
  };
  return {
    admin: new Admin(findAddress(options, environment)),
    screen,
    show(answer, render) {
      stdout.write(options.json ? toJson(answer) : render(answer));
    },
  };
}

export const changeSettings = z.object({ by: z.string().optional(), reason: z.string().optional() });

/** Whoever changes something says who it is and why: it stands in the audit. */
export function readReason({ by, reason }: z.infer<typeof changeSettings>): { who: string; why: string } {
  if (by === undefined || by.trim() === '' || reason === undefined || reason.trim() === '')
    throw new CliError(
      'USAGE',
      'A change says who makes it and why, for the audit.',
      'Add --by "your name" --reason "what for".',
    );
  for (const [option, text, most] of [
    ['by', by, 200],
    ['reason', reason, 1000],
  ] as const)
    if (text.trim().length > most)
      throw new CliError('USAGE', `--${option} has more than ${most} characters.`, 'Say it more shortly.');
  return { who: by, why: reason };
}

/** What a number may be. */
export interface Bounds {
  readonly most: number;
  /** A whole number from 1 on, as counts are; or more than 0. Without it from 0 on. */
  readonly form?: 'count' | 'above-zero';
}

const forms = {
  count: (most: number): string => `a whole number from 1 to ${most}`,
  'above-zero': (most: number): string => `a number above 0, and ${most} at most`,
  any: (most: number): string => `a number from 0 to ${most}`,
} as const;

/** A number that was typed. */
export function readNumber(option: string, text: string | undefined, { most, form }: Bounds): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const isFormed = form === undefined || (number > 0 && (form === 'above-zero' || Number.isInteger(number)));
  if (!(number >= 0 && number <= most && isFormed))
    throw new CliError(
      'USAGE',
      `--${option} ${text} is not ${forms[form ?? 'any'](most)}.`,
      'See: amazon-pay-migrate proxy --help',
    );
  return number;
}

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time that was typed: as 2026-11-26T08:00:00Z, 2026-11-26 (UTC), or 90m, 2h, 3d ago. */
export function readTime(option: string, text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  if (count !== undefined && unit !== undefined) return now - Number(count) * (units[unit] ?? 0);
  // Without a zone a time would be that of the machine, which is seldom that of the proxy.
  const at = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at))
    throw new CliError(
      'USAGE',
      `--${option} ${text} is no time.`,
      'Such as 2026-11-26T08:00:00Z, 2026-11-26, or 90m, 2h, 3d for so long ago.',
    );
  return at;
}
