/** What host and path of a hand-made client say. */
export interface MwsEnvironment {
  readonly region: 'us' | 'eu' | 'jp';
  readonly sandbox: boolean;
}

const HOST = /mws(-eu)?\.amazonservices\.(com|jp)/g;
const PATH = /OffAmazonPayments(_Sandbox)?\/2013-01-01(?=['"`\s\\?])/g;
/** `process.env.HOST || 'mws…'`, `live ? 'mws…' : …`: a literal that is only one of several. */
const IS_CHOICE = /(?:\|\||\?\?|\?|\?[^\n]*:)\s*['"`](?:https?:\/\/)?[^'"`\n]*(?:amazonservices|OffAmazonPayments)/;

/**
 * Region and environment that the code of a client decides, when it names one host and one path, whole and without a
 * choice. Undefined otherwise: then something else decides, and a guess could turn test payments into real ones.
 *
 * @param code without comments
 */
export function decidesEnvironment(code: string): MwsEnvironment | undefined {
  const hosts = new Set([...code.matchAll(HOST)].map(([host]) => host));
  const paths = new Set([...code.matchAll(PATH)].map(([path]) => path));
  const [host] = hosts;
  const [path] = paths;
  if (hosts.size !== 1 || paths.size !== 1 || host === undefined || path === undefined) return undefined;
  const unread = code.replace(PATH, '');
  if (/OffAmazonPayments|_Sandbox/.test(unread) || IS_CHOICE.test(code)) return undefined;
  const region = host.endsWith('.jp') ? 'jp' : host.startsWith('mws-eu') ? 'eu' : 'us';
  return { region, sandbox: path.includes('_Sandbox') };
}
