import type { infer as Infer } from 'zod';
import type { fileSchema, findingSchema, partSchema, runSchema } from './run-schema';

/** Part of the reason of a file about which something could be said without `--only` and `--skip`. */
export const LEFT_OUT = 'left out by --only or --skip';

export type Finding = Infer<typeof findingSchema>;
export type Part = Infer<typeof partSchema>;
export type FileOutcome = Infer<typeof fileSchema>;
/** One run of `audit` or `migrate`: the JSON report, schemaVersion 1. */
export type Run = Infer<typeof runSchema>;
