import { findConfigurations } from '../../src/workspace/find-configurations';

const read = (files: Readonly<Record<string, string>>) => findConfigurations(Object.keys(files), (path) => files[path]);

it('takes targets relative to baseUrl, and to the file without one', () => {
  expect(
    read({
      'a/tsconfig.json': '{"compilerOptions":{"baseUrl":"src","paths":{"@/*":["*"]}}}',
      'b/jsconfig.json': '{"compilerOptions":{"paths":{"@/*":["./src/*","../shared/*","../../outside/*"]}}}',
    }),
  ).toEqual([
    { directory: 'a', aliases: [{ pattern: '@/*', targets: ['a/src/*'] }], baseUrl: 'a/src' },
    { directory: 'b', aliases: [{ pattern: '@/*', targets: ['b/src/*', 'shared/*'] }] },
  ]);
});

it.each([
  ['{"compilerOptions":{"module":"NodeNext"}}', true],
  ['{"compilerOptions":{"module":"Node16"}}', true],
  ['{"compilerOptions":{"module":"ESNext","moduleResolution":"nodenext"}}', true],
  ['{"compilerOptions":{"module":"ESNext","moduleResolution":"Bundler"}}', false],
  ['{"compilerOptions":{"module":"CommonJS","moduleResolution":"node"}}', false],
  ['{"extends":["@tsconfig/node20/tsconfig.json","./base.json"]}', true],
  ['{"extends":"./base.json","compilerOptions":{"module":"commonjs"}}', false],
  ['{"extends":"@tsconfig/node20/tsconfig.json"}', undefined],
])('tells whether imports name files with their extensions: %s', (text, namesExtensions) => {
  const [first] = read({ 'tsconfig.json': text, 'base.json': '{"compilerOptions":{"module":"node16"}}' });
  expect(first?.namesExtensions).toBe(namesExtensions);
});

it('goes on without what is malformed, missing, or extends itself', () => {
  expect(
    read({
      'tsconfig.json': '{"extends":"./tsconfig.json","compilerOptions":{"paths":{"@/*":"src"}}}',
      'a/tsconfig.json': 'not JSON',
      'b/tsconfig.json': '{"extends":"../none"}',
    }).map(({ aliases }) => aliases),
  ).toEqual([[], [], []]);
});
