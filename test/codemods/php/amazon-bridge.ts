import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { phpParameters } from '../../../src/catalog/languages';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../src/emulator';
import { createLegacyClient, createV2Client, legacy, type V2Answer } from '../../emulator/clients';

type Members = Record<string, unknown>;

/** `capture_amount` and `currency_code` as the legacy clients of Node take them. */
function toMws(parameters: Members): Members {
  const { currency_code: CurrencyCode, ...rest } = parameters;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => {
      const name = phpParameters[key] ?? key;
      return [name, name.endsWith('Amount') ? { Amount: String(value), CurrencyCode } : value];
    }),
  );
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Speaks to the emulator for the PHP SDKs: MWS by a legacy client of Node, v2 by Amazon's own SDK. */
export class AmazonBridge {
  private constructor(
    readonly emulator: Emulator,
    private readonly server: Server,
    /** Which of the two SDKs asked. */
    readonly asked: Set<string>,
  ) {}

  static async start(options: EmulatorOptions = {}): Promise<AmazonBridge> {
    const frozenAt = new Date('2026-11-01T12:00:00Z');
    const emulator = await startEmulator({ frozenAt, throttling: false, ...options });
    const asked = new Set<string>();
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const [what, name, values] = JSON.parse(Buffer.concat(chunks).toString()) as [string, string, unknown[]];
        asked.add(what);
        const answer = what === 'v2' ? askV2(emulator, name, values) : askLegacy(emulator, name, values[0] as Members);
        void answer.then((said) => response.end(JSON.stringify(said)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new AmazonBridge(emulator, server, asked);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    await this.emulator.close();
  }
}

async function askLegacy(emulator: Emulator, name: string, parameters: Members): Promise<object> {
  const result: unknown = await legacy(createLegacyClient(emulator), name, toMws(parameters));
  if (typeof result === 'string') return { Error: { Code: result, Message: result }, ResponseStatus: '400' };
  return { [`${capitalised(name)}Result`]: result, ResponseMetadata: { RequestId: '1' }, ResponseStatus: '200' };
}

async function askV2(emulator: Emulator, name: string, values: readonly unknown[]): Promise<object> {
  const client = createV2Client(emulator);
  const answer = await client[name]!(...values).catch((error: { response?: V2Answer }) => {
    if (error.response === undefined) throw error;
    return error.response;
  });
  return { status: answer.status, response: JSON.stringify(answer.data), request_id: '1' };
}
