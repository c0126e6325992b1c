import { z } from 'zod';

/** Who counts for an order, from first trials to the end; see roles.ts for what each means. */
export const modes = ['observe', 'shadow', 'parallel', 'cutover', 'rollback'] as const;
export type Mode = (typeof modes)[number];

/** What is in force, as the last change of mode says it. */
export const modeSettingSchema = z.object({
  mode: z.enum(modes),
  /** Of the orders that begin under `cutover`, how many the migrated handler gets. */
  sharePercent: z.number().min(0).max(100),
});
export type ModeSetting = z.infer<typeof modeSettingSchema>;

export interface ModeInForce extends ModeSetting {
  /** Milliseconds since 1970; 0 where the mode was never changed. */
  readonly changedAt: number;
}
