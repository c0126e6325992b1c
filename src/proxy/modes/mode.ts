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
/** What an entry of the audit says of a change; those of earlier versions have no time of the last message. */
export const recordedModeSchema = modeSettingSchema.extend({ lastReceivedAt: z.number().default(0) });
export type ModeSetting = z.infer<typeof modeSettingSchema>;

export interface ModeInForce extends ModeSetting {
  /** Milliseconds since 1970; 0 where the mode was never changed. */
  readonly changedAt: number;
  /** No message that was there at the change came after this, also where the clock was set back before it. */
  readonly knownUntil: number;
}
