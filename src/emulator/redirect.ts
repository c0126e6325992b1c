/**
 * `node --require amazon-pay-migrate/emulator/redirect`, with AMAZON_PAY_EMULATOR=host:port of its HTTPS: sends what a
 * program asks the hosts of Amazon Pay to the emulator, without a change to the program. Every other host is left alone.
 * The certificate is checked as ever, for the name that was asked for: NODE_EXTRA_CA_CERTS says whom to trust.
 */
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import type { RequestOptions } from 'node:https';

/** The hosts of the APIs, of SNS, and of Login with Amazon. */
const HOSTS =
  /^(mws(-eu)?\.amazonservices\.(com|jp)|pay-api\.amazon\.(com|eu|jp)|sns\.[a-z0-9-]+\.amazonaws\.com|api(\.sandbox)?\.amazon\.(com|co\.uk|de|co\.jp))$/;

type Callback = NonNullable<Parameters<typeof https.request>[2]>;
type Arguments = readonly [first: unknown, second?: unknown, third?: unknown];

/** The three ways to call `request` become one. */
function readArguments([first, second, third]: Arguments): readonly [RequestOptions, Callback | undefined] {
  if (typeof first !== 'string' && !(first instanceof URL))
    return [first as RequestOptions, second as Callback | undefined];
  const { hostname, port, pathname, search } = new URL(first);
  const options: RequestOptions = { protocol: 'https:', hostname, port, path: pathname + search };
  return typeof second === 'function'
    ? [options, second as Callback]
    : [{ ...options, ...(second as RequestOptions | undefined) }, third as Callback | undefined];
}

function install(address: string): void {
  const { hostname: host, port } = new URL(`https://${address}`);
  const request = https.request;
  const redirected = (...args: Arguments): ReturnType<typeof request> => {
    const [options, callback] = readArguments(args);
    const asked = options.hostname ?? String(options.host ?? '').replace(/:\d+$/, '');
    if (!HOSTS.test(asked)) return (request as (...rest: unknown[]) => ReturnType<typeof request>)(...args);
    const given = (options.headers ?? {}) as Record<string, string>;
    const hasHost = Object.keys(given).some((name) => name.toLowerCase() === 'host');
    return request(
      {
        ...options,
        host,
        hostname: host,
        port,
        servername: asked,
        headers: hasHost ? given : { ...given, host: asked },
      },
      callback,
    );
  };
  https.request = redirected as typeof https.request;
  https.get = ((...args: Arguments) => redirected(...args).end()) as typeof https.get;
  syncBuiltinESMExports();
}

const address = process.env['AMAZON_PAY_EMULATOR'];
if (address === undefined || address === '')
  throw new Error('AMAZON_PAY_EMULATOR is not set: give it the host and port of the HTTPS of the emulator.');
install(address);
