import { z } from 'zod';
import { compareSettings } from '../compare/settings';
import { deliverSettings } from '../deliver/settings';
import { operateSettingsSchema } from '../operate/settings';
import { receiveSettings } from '../receive/settings';
import { storeSettings } from '../store/settings';
import { amazonSettings } from '../truth/settings';

/** The whole file: a section for each part, which says itself what may stand in it. */
export const proxySettings = z.strictObject({
  store: storeSettings.default({ driver: 'sqlite', path: 'amazon-pay-proxy.db' }),
  receive: receiveSettings,
  deliver: deliverSettings
    .optional()
    .describe(
      'The two handlers. Without it messages are kept, and forwarded to nobody: the proxy says so at its start.',
    ),
  amazon: amazonSettings
    .optional()
    .describe("The key for Amazon's API. Without it nobody is the referee, and nothing is found that no message told."),
  compare: compareSettings.prefault({}),
  operate: operateSettingsSchema.prefault({}),
});

export type ProxySettings = z.infer<typeof proxySettings>;
