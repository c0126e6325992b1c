import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { CliError } from './cli-error';
import { findNearest } from '../../transforms/find-nearest';

const maxConfigBytes = 1024 * 1024;

const list = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));

/** What a configuration file may say: the options of the command line, spelled alike. */
export const configSchema = z
  .strictObject({
    report: list,
    json: z.boolean(),
    annotations: z.boolean(),
    'fail-on': z.enum(['manual', 'assisted', 'automatic', 'never']),
    only: list,
    skip: list,
    include: list,
    quiet: z.boolean(),
    strategy: z.enum(['instead', 'beside']),
    scaffold: z.boolean(),
    patch: z.string(),
  })
  .partial();

export type Config = z.infer<typeof configSchema>;

/** A file must not be able to turn a dry run into one that writes, nor into one that waits for answers. */
const typedOnly = ['write', 'interactive', 'allow-dirty', 'config'];

/** Reads `--config FILE`. File names in it are relative to the file, so that it works from any folder. */
export function readConfig(path: string): Config {
  const value = parse(path);
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw describeProblem(path, parsed.error);
  const folder = dirname(resolve(path));
  const { report, patch, ...rest } = parsed.data;
  return {
    ...rest,
    ...(report === undefined ? {} : { report: report.map((file) => resolve(folder, file)) }),
    ...(patch === undefined ? {} : { patch: patch === '-' ? patch : resolve(folder, patch) }),
  };
}

function parse(path: string): unknown {
  let text: string;
  try {
    if (statSync(path).size > maxConfigBytes) {
      throw new CliError(
        'CONFIG_INVALID',
        `${path} is larger than ${maxConfigBytes} bytes.`,
        'Is this the right file?',
      );
    }
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    if (error instanceof CliError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError('CONFIG_NOT_FOUND', `${path} cannot be read: ${reason}`, 'Check the path given to --config.');
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(
      'CONFIG_INVALID',
      `${path} is not JSON: ${reason}`,
      'A configuration file looks like {"fail-on": "manual"}.',
    );
  }
}

function describeProblem(path: string, error: z.ZodError): CliError {
  const known = Object.keys(configSchema.shape);
  for (const issue of error.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const key = issue.keys[0] ?? '';
    if (typedOnly.includes(key)) {
      return new CliError(
        'CONFIG_INVALID',
        `${path}: "${key}" works on the command line only.`,
        `Type --${key} instead.`,
      );
    }
    const nearest = findNearest(key, known);
    const hint = nearest === null ? `Known options are ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
    return new CliError('CONFIG_INVALID', `${path}: there is no option "${key}".`, hint);
  }
  const [issue] = error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'the file' : `"${issue.path.join('.')}"`;
  return new CliError(
    'CONFIG_INVALID',
    `${path}: ${place}: ${issue?.message ?? 'invalid'}`,
    'See: amazon-pay-migrate migrate --help',
  );
}
