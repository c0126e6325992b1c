import { snsHost } from '../../../../transforms/sns/check-origin';
import { isLoopback } from '../../../amazon-pay/loopback';
import { endpoints } from '../../../catalog/environments';
import type { AmazonSettings } from '../../truth/settings';
import type { ProxySettings } from '../settings';
import { look, ok, wrong, type Check, type Finding } from './finding';

const hosts = ['v2', 'legacy'] as const;

/** Amazon's own address of another region refuses every request, or knows none of the objects. */
function checkHost(setting: string, url: string, { region }: AmazonSettings): Finding {
  const { host } = new URL(url);
  const row = endpoints.find((each) => hosts.some((name) => each[name] === host));
  if (row === undefined)
    return look(
      `${host} is no address of Amazon: whoever answers there is the referee. Drop ${setting} if that is not meant.`,
    );
  return row.region === region
    ? ok(`${host} fits amazon.region, ${region}`)
    : wrong(`${host} is Amazon's address for ${row.region}, and amazon.region is ${region}. Drop ${setting}.`);
}

const regionOf = (topic: string): string => topic.split(':')[3] ?? '';

/** What is known of topics was seen in messages, and nothing of it is promised: it is no reason to refuse one. */
function checkTopic(topic: string, { region }: AmazonSettings): Finding {
  const found = regionOf(topic);
  const own = endpoints.find((row) => row.region === region)?.topics ?? null;
  if (found === own) return ok(`${found} fits amazon.region, ${region}`);
  const other = endpoints.find((row) => row.topics === found);
  const next = `Compare ${topic} with TopicArn in a genuine message, and amazon.region with Seller Central.`;
  if (other !== undefined)
    return look(`${found} is where topics for ${other.region} were seen, and amazon.region is ${region}. ${next}`);
  if (own === null) return ok(`${found}; where topics for ${region} are is not known here`);
  return look(`topics for ${region} were seen in ${own} only, and this one would be in ${found}. ${next}`);
}

/** Whether what is asked is where the messages come from. The emulator is at home everywhere. */
export function checkRegions({ amazon, receive }: ProxySettings): readonly Check[] {
  if (amazon === undefined) return [];
  const named = [
    ['amazon.endpoint', amazon.endpoint],
    ['amazon.mws.endpoint', amazon.mws?.endpoint],
  ] as const;
  const addresses = named.flatMap(([what, url]): readonly Check[] =>
    url === undefined || isLoopback(new URL(url).hostname)
      ? []
      : [{ what, find: async () => checkHost(what, url, amazon) }],
  );
  const isEmulator = amazon.endpoint !== undefined && isLoopback(new URL(amazon.endpoint).hostname);
  const topics = isEmulator ? [] : [...new Map(receive.topics.map((topic) => [snsHost(topic), topic])).values()];
  return [
    ...addresses,
    ...topics.map((topic) => ({ what: 'region of the topic', find: async () => checkTopic(topic, amazon) })),
  ];
}
