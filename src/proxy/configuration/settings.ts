import { z } from 'zod';
import { deliverSettings } from '../deliver/settings';
import { operateSettingsSchema } from '../operate/settings';
import { receiveSettings } from '../receive/settings';
import { storeSettings } from '../store/settings';

/** The whole file: a section for each part, which says itself what may stand in it. */
export const proxySettings = z.strictObject({
  store: storeSettings.default({ driver: 'sqlite', path: 'amazon-pay-proxy.db' }),
  receive: receiveSettings,
  /** The two handlers. Without it messages are kept, and forwarded to nobody: the proxy says so at its start. */
  deliver: deliverSettings.optional(),
  operate: operateSettingsSchema.prefault({}),
});

export type ProxySettings = z.infer<typeof proxySettings>;

/** What must not stand in the file itself, where it would end up in a repository or a backup. */
export const secretPaths: readonly string[] = [
  'store.url',
  'operate.admin.token',
  'deliver.legacy.secret',
  'deliver.migrated.secret',
  'amazon.privateKey',
];
