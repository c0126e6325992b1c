import { z } from 'zod';
import { readSaved } from '../read-saved';

const whole = z.number().int().min(0);

/**
 * What a report needs of the evidence that the proxy exports (`evidenceSchema` there; a test holds both together). Reports stand
 * below the proxy and may not know it; what it adds later is passed over.
 */
export const evidenceSchema = z.object({
  schemaVersion: z.literal(1),
  period: z.object({ since: z.iso.datetime(), until: z.iso.datetime() }),
  messages: z.object({ total: whole, byType: z.record(z.string(), whole) }),
  orders: z.object({ compared: whole, agreeing: whole, differing: whole, incomparable: whole }),
  agreement: z.object({ observed: z.number().nullable(), atLeast: z.number(), confidence: z.number() }),
  /** Divergences of one kind. */
  groups: z.array(z.object({ signature: z.string(), verdict: z.string(), orders: whole, open: whole })),
  lagMs: whole,
  gate: z.object({
    isOpen: z.boolean(),
    figures: z.array(z.object({ name: z.string(), found: z.string(), wanted: z.string(), isMet: z.boolean() })),
    /** `name: found, wanted …. advice`, one for each figure that is not met. */
    missing: z.array(z.string()),
  }),
  /** What makes it weaker than its figures look. Older proxies said nothing of it. */
  reservations: z.array(z.object({ text: z.string() })).optional(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** Reads the evidence of a dual run. */
export const readEvidence = (path: string): Evidence =>
  readSaved(path, {
    kind: 'EVIDENCE',
    schema: evidenceSchema,
    what: 'the evidence of a dual run',
    howToMake: 'Write it with: amazon-pay-migrate proxy export evidence.json --config proxy.jsonc',
    onOtherVersion: 'Use the version of amazon-pay-migrate that the proxy is of.',
  });
