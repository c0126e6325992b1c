import { Project, ts } from 'ts-morph';
import { emitSdkDeclarations } from '../../codemods/emitted-helper/emit-sdk-declarations';
import { ruleExamples } from '../../src/catalog/rule-examples';

const CLIENT = /const (?:client|\{ client \}) = require\('\.\/[\w-]+'\);/;

const project = new Project({
  useInMemoryFileSystem: true,
  compilerOptions: {
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    noImplicitAny: false,
    useUnknownInCatchVariables: false,
  },
});
project.createSourceFile('sdk.d.ts', emitSdkDeclarations({ quote: "'", unit: '  ', eol: '\n', semicolons: true }));

/** What the checker says of an example, with its client typed and everything else that it loads of any type. */
function check(code: string): string[] {
  const client = "declare const client: import('@amazonpay/amazon-pay-api-sdk-nodejs').WebStoreClient;";
  const text = `export {};\ndeclare const require: any, exports: any;\n${code.replace(CLIENT, client)}`;
  const file = project.createSourceFile('example.ts', text, { overwrite: true });
  return (
    file
      .getPreEmitDiagnostics()
      .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, ' '))
      // The declarations leave open what a report has; an index that is computed is of any type.
      .filter(
        (message) =>
          !message.startsWith("Argument of type 'unknown'") && !message.includes("implicitly has an 'any' type"),
      )
  );
}

/** Examples that somebody wrote, and that call the SDK. */
const written = Object.entries(ruleExamples).filter(
  ([, { writtenBy, after }]) => writtenBy === 'hand' && CLIENT.test(after),
);

it.each(written)('%s sends what the SDK takes, and reads what it answers', (_id, { after }) => {
  expect(check(after)).toEqual([]);
});

it('would notice a method, a field of a request and a field of an answer that is not there', () => {
  const shop = "const client = require('./amazon-pay');\n";
  expect(check(`${shop}client.voidCharge('id');`)).toHaveLength(1);
  expect(check(`${shop}client.cancelCharge('id', { cancelationReason: 'x' });`)).toHaveLength(1);
  expect(check(`${shop}client.getCharge('id').then(({ data }) => data.captureFee);`)).toHaveLength(1);
});
