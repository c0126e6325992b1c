import path from 'node:path';
import ts from 'typescript';
import { emitSdkDeclarations } from '../../../codemods/emitted-helper/emit-sdk-declarations';
import { ALL_FUNCTIONS, emit, PLAIN_STYLE } from './emit';

/** Checks files in memory against the real library and Node's own types. */
function check(files: Readonly<Record<string, string>>, options: ts.CompilerOptions): string[] {
  const root = path.resolve(__dirname, '../../..');
  const inMemory = new Map(Object.entries(files).map(([name, text]) => [path.join(root, name), text]));
  const compilerOptions: ts.CompilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    esModuleInterop: true,
    types: ['node'],
    typeRoots: [path.join(root, 'node_modules/@types')],
    ...options,
  };
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => inMemory.has(name) || fileExists(name);
  host.readFile = (name) => inMemory.get(name) ?? readFile(name);
  host.getSourceFile = (name, languageVersion, ...rest) => {
    const text = inMemory.get(name);
    if (text !== undefined) return ts.createSourceFile(name, text, languageVersion, true);
    return libraries.get(name) ?? remember(name, getSourceFile(name, languageVersion, ...rest));
  };
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram([...inMemory.keys()], compilerOptions, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const where =
      file && start !== undefined
        ? `${path.basename(file.fileName)}:${file.getLineAndCharacterOfPosition(start).line + 1} `
        : '';
    return where + ts.flattenDiagnosticMessageText(messageText, ' ');
  });
}

/** Parsing Node's declarations costs most of the time; they do not change between programs. */
const libraries = new Map<string, ts.SourceFile>();
function remember(name: string, file: ts.SourceFile | undefined): ts.SourceFile | undefined {
  if (file) libraries.set(name, file);
  return file;
}

const helper = emit(ALL_FUNCTIONS, { format: 'typescript' });
const sdk = emitSdkDeclarations(PLAIN_STYLE);

const USE = `
import { WebStoreClient, type Charge, type ChargePermission, type Price } from '@amazonpay/amazon-pay-api-sdk-nodejs';
import * as namespaced from '@amazonpay/amazon-pay-api-sdk-nodejs';
import defaulted from '@amazonpay/amazon-pay-api-sdk-nodejs';
import { AmazonPayError, besideLegacy, idempotencyKey, isTrue, price, send, sendCharge, shorten, toCallback, toChargeId, toPrice, withRetry } from './amazon-pay-v2';

const client: WebStoreClient = withRetry(new WebStoreClient({
  publicKeyId: process.env['AMAZON_PAY_PUBLIC_KEY_ID'],
  privateKey: process.env['AMAZON_PAY_PRIVATE_KEY'],
  region: 'eu',
  sandbox: process.env['AMAZON_PAY_SANDBOX'] === 'true',
}), { retries: 2 });
export const others = [new namespaced.InStoreClient({ publicKeyId: 'a', privateKey: 'b', region: 'jp' }), new defaulted.WebStoreClient({ publicKeyId: 'a', privateKey: 'b', region: 'jp' })];

export async function charge(order: { id: string; note?: string; total: { Amount: number; CurrencyCode: string } }): Promise<string> {
  const result = await sendCharge(() =>
    client.createCharge(
      {
        chargePermissionId: order.id,
        chargeAmount: toPrice(order.total),
        captureNow: isTrue('true'),
        canHandlePendingAuthorization: false,
        merchantMetadata: { noteToBuyer: shorten(order.note, 255) },
      },
      { 'x-amz-pay-idempotency-key': idempotencyKey('Authorize', order.id) },
    ),
  );
  if (result.statusDetails.state === 'Declined') return result.statusDetails.reasonCode ?? 'unknown';
  const id: string | undefined = result.chargeId;
  return id ?? 'none';
}

export async function capture(authorizationId: string): Promise<Price | null> {
  const charge: Charge = await send(() => client.captureCharge(toChargeId(authorizationId), { captureAmount: price(5, 'USD') }));
  return charge.captureAmount;
}

export async function reasons(id: string): Promise<string[]> {
  const permission: ChargePermission = await send(() => client.getChargePermission(id));
  return (permission.statusDetails.reasons ?? []).map((reason) => reason.reasonCode);
}

export function withCallback(id: string, callback: (error: Error | null, result?: unknown) => void): void {
  toCallback(send(() => client.getRefund(id)), callback);
  toCallback(send(() => client.getRefund(id)), (error, refund) => {
    if (error) return callback(error.type === 'ResourceNotFound' ? null : error);
    callback(null, refund.refundAmount.amount);
  });
  toCallback(send(() => client.getCharge(id)), (error: Error, charge: Charge) => callback(error, charge));
}

export const both = besideLegacy({ offAmazonPayments: { refund: (): number => 1 } }, client);
export const refunded: number = both.offAmazonPayments.refund();
export const viaClient = both.checkoutV2.getBuyer('t');
export const viaOperations = both.offAmazonPayments.checkoutV2.getBuyer('t');
export const isOurs = (error: unknown): number => (error instanceof AmazonPayError ? error.status : 0);
`;

const STRICTEST: ts.CompilerOptions = {
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
};

const files = { 'amazon-pay-v2.ts': helper, 'amazon-pay-api-sdk-nodejs.d.ts': sdk, 'use.ts': USE };

describe('the TypeScript helper and the declarations of the SDK', () => {
  test('check under the strictest options, with code that uses them', () => {
    expect(check(files, STRICTEST)).toEqual([]);
  });

  test('check in an older project: plain strict, CommonJS, ES2019, node10 resolution', () => {
    const older: ts.CompilerOptions = {
      target: ts.ScriptTarget.ES2019,
      module: ts.ModuleKind.CommonJS,
      moduleResolution: ts.ModuleResolutionKind.Node10,
    };
    expect(check(files, older)).toEqual([]);
  });

  test('each function alone checks, and so does a file that grew', () => {
    const alone = ALL_FUNCTIONS.map((name) => [`alone-${name}.ts`, emit([name], { format: 'typescript' })]);
    const grown = emit(ALL_FUNCTIONS, {
      format: 'typescript',
      existing: emit(['price', 'withRetry'], { format: 'typescript' }),
    });
    expect(check({ ...Object.fromEntries(alone), 'grown.ts': grown }, STRICTEST)).toEqual([]);
  });

  test('other styles check as well', () => {
    const style = { quote: '"', unit: '\t', eol: '\r\n', semicolons: false } as const;
    const styled = {
      'amazon-pay-v2.ts': emit(ALL_FUNCTIONS, { format: 'typescript', ...style }),
      'amazon-pay-api-sdk-nodejs.d.ts': emitSdkDeclarations(style),
      'use.ts': USE,
    };
    expect(check(styled, STRICTEST)).toEqual([]);
  });

  test('mistakes that lose money are type errors', () => {
    const mistakes = `
import { WebStoreClient } from '@amazonpay/amazon-pay-api-sdk-nodejs';
import { send, sendCharge } from './amazon-pay-v2';
declare const client: WebStoreClient;
export const withoutKey = client.createCharge({ chargePermissionId: 'S', chargeAmount: { amount: '1', currencyCode: 'USD' } });
export const number = client.createRefund({ chargeId: 'S', refundAmount: { amount: 1, currencyCode: 'USD' } }, {});
export const notAFunction = send(client.getCharge('S'));
export const declinedHasNoId: Promise<string> = sendCharge(() => client.getCharge('S')).then((charge) => charge.chargeId);
export const envelope = send(() => client.getCharge('S')).then((charge) => charge.data);
export const nullable = send(() => client.getCharge('S')).then((charge) => charge.captureAmount.amount);
export const noReasonCode = send(() => client.getChargePermission('S')).then((permission) => permission.statusDetails.reasonCode);
export const misspelt = client.confirmOrderReference('S');
`;
    const errors = check({ ...files, 'use.ts': mistakes }, STRICTEST);
    const linesWithErrors = errors.map((error) => Number(/^use\.ts:(\d+)/.exec(error)?.[1]));
    expect([...new Set(linesWithErrors)]).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  });
});
