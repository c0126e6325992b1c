import ts from 'typescript';
import { emitSdkDeclarations } from '../../../codemods/emitted-helper/emit-sdk-declarations';
import { charge, chargePermission, completedCheckoutSession, refund } from '../../stand-in/v2-answers';
import { PLAIN_STYLE } from './emit';

const file = ts.createSourceFile('sdk.d.ts', emitSdkDeclarations(PLAIN_STYLE), ts.ScriptTarget.Latest, true);
const [declaredModule] = file.statements;
const body =
  declaredModule &&
  ts.isModuleDeclaration(declaredModule) &&
  declaredModule.body &&
  ts.isModuleBlock(declaredModule.body)
    ? declaredModule.body
    : undefined;
const statements: readonly ts.Statement[] = body?.statements ?? [];

function membersOf(name: string): readonly (ts.TypeElement | ts.ClassElement)[] {
  const found = statements.find(
    (statement): statement is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name?.text === name,
  );
  if (!found) throw new Error(`${name} is not declared`);
  return [...found.members];
}
const nameOf = (member: ts.TypeElement | ts.ClassElement): string => member.name?.getText(file) ?? 'constructor';

/** Parameter names and their order as the SDK itself has them, by reading its source as text of functions. */
function parametersInSdk(method: unknown): string[] {
  const list = /\(([^)]*)\)/.exec(String(method))?.[1] ?? '';
  return list
    .split(',')
    .map((parameter) => (parameter.split('=')[0] ?? '').trim())
    .filter((name) => name !== '');
}
const requiredInSdk = (method: unknown): number => (method as (...args: unknown[]) => unknown).length;

describe('the declarations match the SDK that is installed', () => {
  const sdk = require('@amazonpay/amazon-pay-api-sdk-nodejs') as Record<string, { prototype: Record<string, unknown> }>;

  test.each(['AmazonPayClient', 'InStoreClient', 'WebStoreClient'])('%s has all its methods and no other', (name) => {
    const inSdk = Object.getOwnPropertyNames(sdk[name]?.prototype).filter((method) => method !== 'constructor');
    expect(inSdk.length).toBeGreaterThan(2);
    const declared = membersOf(name)
      .map(nameOf)
      .filter((method) => method !== 'constructor');
    expect([...declared].sort()).toEqual([...inSdk].sort());
  });

  test.each(['AmazonPayClient', 'InStoreClient', 'WebStoreClient'])(
    '%s takes its arguments in order, and demands the same ones',
    (name) => {
      for (const member of membersOf(name).filter(ts.isMethodDeclaration)) {
        const method = sdk[name]?.prototype[nameOf(member)];
        const declared = member.parameters.map((parameter) => parameter.name.getText(file));
        expect([nameOf(member), declared]).toEqual([nameOf(member), parametersInSdk(method)]);
        const required = member.parameters.filter((parameter) => parameter.questionToken === undefined).length;
        expect([nameOf(member), required]).toEqual([nameOf(member), requiredInSdk(method)]);
      }
    },
  );

  test('nothing but the three clients is declared as a value', () => {
    const values = statements.filter(ts.isClassDeclaration).map((statement) => statement.name?.text);
    expect(values.sort()).toEqual(Object.keys(sdk).sort());
  });
});

describe('the declared objects', () => {
  test.each([
    ['Charge', charge('Captured')],
    ['Refund', refund('Refunded')],
    ['ChargePermission', chargePermission('Chargeable')],
    ['CheckoutSession', completedCheckoutSession()],
  ])('%s declares every key that was recorded, with null where null was seen', (name, recorded) => {
    const members = new Map(membersOf(name).map((member) => [nameOf(member), member]));
    for (const [key, value] of Object.entries(recorded)) {
      const member = members.get(key);
      expect([key, member !== undefined]).toEqual([key, true]);
      const type = member && ts.isPropertySignature(member) ? (member.type?.getText(file) ?? '') : '';
      if (value === null) expect([key, /\bnull\b|unknown/.test(type)]).toEqual([key, true]);
    }
  });

  test('everything is exported', () => {
    const hidden = statements.filter(
      (statement) =>
        !(
          ts.canHaveModifiers(statement) &&
          ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
        ),
    );
    expect(hidden.map((statement) => statement.getText(file).slice(0, 40))).toEqual([]);
    expect(statements.length).toBeGreaterThan(30);
  });
});
