import { z } from 'zod';
import { findNearest } from '../../../transforms/find-nearest';
import { oneOf, wordsOf } from './issue-words';
import type { Problem } from './configuration-error';
import { proxySettings } from './settings';

type Schema = z.core.$ZodType | undefined;

/** The schema of a place of the configuration, by what stands there where there is a choice. */
function schemaAt(path: readonly PropertyKey[], content: unknown): Schema {
  let schema = unwrap(proxySettings, content);
  let value = content;
  for (const step of path) {
    value = (value as Record<PropertyKey, unknown> | undefined)?.[step];
    schema = unwrap(below(schema, step), value);
  }
  return schema;
}

function below(schema: Schema, step: PropertyKey): Schema {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<PropertyKey, z.core.$ZodType>)[step];
  if (schema instanceof z.ZodArray) return schema.element as z.core.$ZodType;
  return undefined;
}

/** The words by which a choice is made: `sqlite`, `postgres`. */
function choicesOf(schema: z.ZodDiscriminatedUnion): readonly (readonly [words: readonly unknown[], option: Schema])[] {
  const name = schema.def.discriminator;
  return schema.options.map((option) => {
    const literal = (option as z.ZodObject).shape[name] as z.ZodLiteral;
    return [[...literal.values], option as z.core.$ZodType];
  });
}

/** What a default, an optional or a choice is about; the choice itself where what stands there makes none. */
function unwrap(schema: Schema, value: unknown): Schema {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return unwrap(schema.unwrap() as z.core.$ZodType, value);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const chosen = (value as Record<string, unknown> | undefined)?.[schema.def.discriminator];
  return choicesOf(schema).find(([words]) => words.includes(chosen))?.[1] ?? schema;
}

/** The names that may stand at a place of the configuration. */
function knownNames(path: readonly PropertyKey[], content: unknown): readonly string[] {
  const schema = schemaAt(path, content);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape as object) : [];
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.');

function describeUnknown(issue: z.core.$ZodIssueUnrecognizedKeys, content: unknown): readonly Problem[] {
  const known = knownNames(issue.path, content);
  return issue.keys.map((name) => {
    const nearest = findNearest(name, known);
    const list = known.length === 0 ? '' : ` Known here: ${known.join(', ')}.`;
    const hint = nearest === null ? list : ` Did you mean "${nearest}"?`;
    return { path: pathOf([...issue.path, name]), message: `is not known.${hint}` };
  });
}

/** Says what is wrong in the words of the configuration, without the texts that stand in it. */
export function describeIssues(error: z.ZodError, content: unknown): readonly Problem[] {
  return error.issues.flatMap((issue): readonly Problem[] => {
    if (issue.code === 'unrecognized_keys') return describeUnknown(issue, content);
    return [{ path: pathOf(issue.path), message: `${describe(issue, content).replace(/\.$/, '')}.` }];
  });
}

/** A choice that is none is told by the words that there are. */
function describe(issue: z.core.$ZodIssue, content: unknown): string {
  const value = valueAt(content, issue.path);
  const schema = issue.code === 'invalid_union' ? schemaAt(issue.path.slice(0, -1), content) : undefined;
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return wordsOf(issue, value);
  const words = oneOf(choicesOf(schema).flatMap(([names]) => names));
  return value === undefined ? `is missing: it ${words}` : words;
}

const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => (value as Record<PropertyKey, unknown> | undefined)?.[step], content);
