import { deliverSettings, type DeliverSettings } from '../../../src/proxy/deliver/settings';
import type { z } from 'zod';

export const secrets = { legacy: 'l'.repeat(32), migrated: 'm'.repeat(32) } as const;

/** The settings that a merchant has who gives the URLs and the secrets, and what a test changes of them. */
export const settingsFor = (
  legacy: string,
  migrated: string,
  more: {
    legacy?: Partial<z.input<typeof deliverSettings>['legacy']>;
    migrated?: Partial<z.input<typeof deliverSettings>['migrated']>;
  } & Partial<Omit<z.input<typeof deliverSettings>, 'legacy' | 'migrated'>> = {},
): DeliverSettings =>
  deliverSettings.parse({
    ...more,
    legacy: { url: legacy, secret: secrets.legacy, ...more.legacy },
    migrated: { url: migrated, secret: secrets.migrated, ...more.migrated },
  });
