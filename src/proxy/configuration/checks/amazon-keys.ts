import { MwsReader } from '../../../amazon-pay/mws/mws-reader';
import { environmentOf } from '../../../amazon-pay/v2/account';
import { AmazonError } from '../../../amazon-pay/v2/amazon-error';
import { openAmazonReader, type AmazonReader } from '../../../amazon-pay/v2/amazon-reader';
import type { AmazonSettings } from '../../truth/settings';
import type { ProxySettings } from '../settings';
import { adviseOn } from './connection-advice';
import { look, ok, wrong, type Check, type Finding } from './finding';

/** No charge has it, so whoever knows the key answers that there is none. */
const NO_CHARGE = { live: 'P01-0000000-0000000-C000000', sandbox: 'S01-0000000-0000000-C000000' } as const;

interface Key {
  readonly name: string;
  /** What to look at where it is refused. */
  readonly settings: string;
  open(): Promise<AmazonReader>;
}

function keysOf(amazon: AmazonSettings): readonly Key[] {
  const v2: Key = {
    name: "Amazon's API",
    settings: 'amazon.publicKeyId, amazon.privateKey, amazon.region and amazon.algorithm',
    open: () => openAmazonReader(amazon, amazon),
  };
  const { mws, region, quotaShare } = amazon;
  if (mws === undefined) return [v2];
  const legacy: Key = {
    name: 'MWS',
    settings: 'amazon.mws',
    open: async () => new MwsReader({ ...mws, region, quotaShare, environment: environmentOf(amazon) }),
  };
  return [v2, legacy];
}

/** Who answered was reached: then it is not the way there. */
function adviceFor(error: AmazonError, name: string): string {
  if (error.code === 'throttled') return 'Its quota is used up: try again later, or lower amazon.quotaShare.';
  if (error.status === null) return error.code === 'unavailable' ? adviseOn(error, name) : '';
  return 'It was reached, and does not work at the moment: try again later.';
}

const judge = (error: AmazonError, { name, settings }: Key, environment: string): Finding => {
  const code = error.reasonCode === null ? '' : ` ${error.reasonCode}`;
  if (error.code === 'not-found') return ok(`knows the key (${environment})`);
  if (error.code === 'not-authorized' || error.code === 'rejected')
    return wrong(`refuses the key: ${error.status}${code}. Look at ${settings}; the key must be of the same region.`);
  return look(
    `${error.message} Without ${name} nobody is the referee, and comparisons wait. ${adviceFor(error, name)}`,
  );
};

async function checkKey(key: Key): Promise<Finding> {
  const reader = await key.open();
  const { environment } = reader;
  try {
    await reader.read('CHARGE', NO_CHARGE[environment]);
    return ok(`knows the key (${environment})`);
  } catch (error) {
    if (!(error instanceof AmazonError)) throw error;
    return judge(error, key, environment);
  } finally {
    await reader.close();
  }
}

/** Asks Amazon for a charge that cannot be, which tells whether the keys are right. One GET, and one operation that reads. */
export function checkAmazonKeys({ amazon, deliver }: ProxySettings): readonly Check[] {
  if (amazon !== undefined)
    return keysOf(amazon).map((key) => ({ what: `key for ${key.name}`, find: () => checkKey(key) }));
  const said =
    'the section "amazon" is missing: the handlers are compared with each other only, and no sweep finds what got lost.';
  return deliver === undefined ? [] : [{ what: "key for Amazon's API", find: async () => look(said) }];
}
