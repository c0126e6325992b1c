import { z } from 'zod';

/** One thing that stands, or no longer stands, between a shop and its cutover. */
export const stepSchema = z.object({
  /** For scripts; the name is for people. */
  id: z.string(),
  /** The code, the dual run, or what can wait until after the cutover and does not hold it up. */
  part: z.enum(['code', 'dual-run', 'afterwards']),
  name: z.string(),
  found: z.string(),
  wanted: z.string(),
  isMet: z.boolean(),
  /** What to do about it. */
  advice: z.string(),
});

export type Step = z.infer<typeof stepSchema>;
