/** What host and path of a hand-made client say. */
export interface MwsEnvironment {
  readonly region: 'us' | 'eu' | 'jp';
  readonly sandbox: boolean;
}

/**
 * Region and environment that the code of a client decides, when it names one host and one path. Undefined when it names
 * several: then something else decides, and no one can say here what.
 */
export function decidesEnvironment(text: string): MwsEnvironment | undefined {
  const hosts = new Set([...text.matchAll(/mws(-eu)?\.amazonservices\.(com|jp)/g)].map(([host]) => host));
  const [host] = hosts;
  if (hosts.size !== 1 || host === undefined) return undefined;
  const sandbox = /OffAmazonPayments_Sandbox/.test(text);
  const live = /OffAmazonPayments(?!_Sandbox)/.test(text);
  if (sandbox === live) return undefined;
  return { region: host.endsWith('.jp') ? 'jp' : host.startsWith('mws-eu') ? 'eu' : 'us', sandbox };
}
