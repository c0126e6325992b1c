import fc from 'fast-check';
import { addDependency, removeElement, removeMember } from '../../../codemods/dependencies/edit-manifest';

const SDK = '@amazonpay/amazon-pay-api-sdk-nodejs';
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
const dependencies = fc
  .uniqueArray(name, { minLength: 1, maxLength: 6 })
  .map((names) => names.filter((one) => one !== 'amazon-payments'));
const layout = fc.constantFrom('  ', '\t', '    ', '');
const asObject = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((one) => [one, '^1.0.0']));

interface Manifest {
  readonly dependencies?: Record<string, string>;
}

const parse = (text: string): Manifest => JSON.parse(text) as Manifest;

describe('edits of any package.json', () => {
  it('takes one dependency out and leaves every other line alone', () => {
    fc.assert(
      fc.property(dependencies, fc.nat(), layout, fc.constantFrom('\n', '\r\n'), (others, position, indent, eol) => {
        const names = [...others];
        names.splice(position % (names.length + 1), 0, 'amazon-payments');
        const text = JSON.stringify(
          { name: 'shop', dependencies: asObject(names), private: true },
          null,
          indent,
        ).replace(/\n/g, eol);
        const edited = removeMember(text, ['dependencies', 'amazon-payments']);
        expect(parse(edited)).toEqual({ name: 'shop', dependencies: asObject(others), private: true });
        expect(Object.keys(parse(edited).dependencies ?? {})).toEqual(others);
        const expected = JSON.stringify(
          { name: 'shop', dependencies: asObject(others), private: true },
          null,
          indent,
        ).replace(/\n/g, eol);
        expect(edited).toBe(expected);
      }),
    );
  });

  it('puts the SDK where the next npm install would put it when the section was sorted', () => {
    fc.assert(
      fc.property(dependencies, layout, (others, indent) => {
        fc.pre(others.length > 0);
        const sorted = [...others].sort((left, right) => left.localeCompare(right, 'en'));
        const text = JSON.stringify({ name: 'shop', dependencies: asObject(sorted) }, null, indent);
        const edited = addDependency(text, 'dependencies', SDK, '^2.3.4');
        expect(parse(edited).dependencies).toEqual({ ...asObject(sorted), [SDK]: '^2.3.4' });
        expect(Object.keys(parse(edited).dependencies ?? {})).toEqual([SDK, ...sorted]);
      }),
    );
  });
});

describe('addDependency', () => {
  it('goes to the end of an unsorted section', () => {
    const text = '{\n  "dependencies": {\n    "b": "1",\n    "a": "1"\n  }\n}\n';
    expect(addDependency(text, 'dependencies', SDK, '^2')).toBe(
      `{\n  "dependencies": {\n    "b": "1",\n    "a": "1",\n    "${SDK}": "^2"\n  }\n}\n`,
    );
  });

  it('takes the place of the client in an unsorted section, and its own place in a sorted one', () => {
    expect(addDependency('{"dependencies":{"z":"1","old":"1","a":"1"}}', 'dependencies', 'm', '2', 'old')).toBe(
      '{"dependencies":{"z":"1","m":"2","a":"1"}}',
    );
    expect(
      addDependency('{"dependencies": { "a": "1", "b": "1", "old": "1" }}', 'dependencies', 'aa', '2', 'old'),
    ).toBe('{"dependencies": { "a": "1", "aa": "2", "b": "1" }}');
  });

  it('fills an empty section and an empty package.json', () => {
    expect(addDependency('{\n  "dependencies": {}\n}', 'dependencies', 'a', '1')).toBe(
      '{\n  "dependencies": {\n    "a": "1"\n  }\n}',
    );
    expect(addDependency('{\n  "dependencies": null\n}', 'dependencies', 'a', '1')).toBe(
      '{\n  "dependencies": {\n    "a": "1"\n  }\n}',
    );
    expect(addDependency('{}', 'dependencies', 'a', '1')).toBe('{\n  "dependencies": {\n    "a": "1"\n  }\n}');
  });
});

describe('removals', () => {
  it('leaves an empty section behind rather than guessing', () => {
    expect(removeMember('{\n  "dependencies": {\n    "a": "1"\n  }\n}', ['dependencies', 'a'])).toBe(
      '{\n  "dependencies": {}\n}',
    );
  });

  it('leaves the text alone when there is nothing to remove', () => {
    expect(removeMember('{"a":1}', ['dependencies', 'a'])).toBe('{"a":1}');
    expect(removeElement('{"a":{}}', ['a'], 'x')).toBe('{"a":{}}');
    expect(removeElement('{"a":["y"]}', ['a'], 'x')).toBe('{"a":["y"]}');
  });
});
