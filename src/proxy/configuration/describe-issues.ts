import { z } from 'zod';
import { findNearest } from '../../../transforms/find-nearest';
import type { Problem } from './configuration-error';
import { proxySettings } from './settings';

/** The names that may stand at a place of the configuration. */
function knownNames(path: readonly PropertyKey[], content: unknown): readonly string[] {
  let schema: z.core.$ZodType | undefined = proxySettings;
  let value = content;
  for (const step of [...path, null]) {
    schema = unwrap(schema, value);
    if (step === null || !(schema instanceof z.ZodObject)) break;
    schema = (schema.shape as Record<string, z.core.$ZodType>)[String(step)];
    value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
  }
  return schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [];
}

/** What a default, an optional or a choice is about. */
function unwrap(schema: z.core.$ZodType | undefined, value: unknown): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return unwrap(schema.unwrap() as z.core.$ZodType, value);
  if (schema instanceof z.ZodDiscriminatedUnion)
    return schema.options.find((option) => {
      const driver = (option as z.ZodObject).shape['driver'] as z.ZodLiteral | undefined;
      return driver?.safeParse((value as { driver?: unknown } | undefined)?.driver).success;
    }) as z.core.$ZodType | undefined;
  return schema;
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

function describeUnknown(issue: z.core.$ZodIssueUnrecognizedKeys, content: unknown): readonly Problem[] {
  const known = knownNames(issue.path, content);
  return issue.keys.map((name) => {
    const nearest = findNearest(name, known);
    const hint = nearest === null ? `Known here: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
    return { path: pathOf([...issue.path, name]), message: `is not known. ${hint}` };
  });
}

/** Says what is wrong in the words of the configuration, without the texts that stand in it. */
export function describeIssues(error: z.ZodError, content: unknown): readonly Problem[] {
  return error.issues.flatMap((issue): readonly Problem[] => {
    if (issue.code === 'unrecognized_keys') return describeUnknown(issue, content);
    const isMissing = issue.code === 'invalid_type' && valueAt(content, issue.path) === undefined;
    return [{ path: pathOf(issue.path), message: isMissing ? 'is missing.' : `${issue.message}.` }];
  });
}

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], content);
