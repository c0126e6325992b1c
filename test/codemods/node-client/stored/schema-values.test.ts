import { schemaValues } from '../../../../codemods/node-client/stored/schema-values';

const MANY = 30_000;

it.each([
  ['blanks.sql', `state in (${' '.repeat(100_000)}x`, 0],
  ['dashes.sql', 'in (--'.repeat(MANY), 0],
  ['lists.sql', "state IN ('Pending', 'Open', 'Closed') ".repeat(MANY), MANY],
  ['tests.sql', "check (a = 'Open' OR ".repeat(MANY), 0],
  ['lines.json', `{\n${'  "a": { "enum": ["Pending", "Open", "Declined"] },\n'.repeat(MANY)}`, MANY],
  ['line.json', `{${'"a":{"enum":["Pending","Open","Declined"]},'.repeat(MANY)}`, MANY],
  ['lists.yaml', 'state:\n  enum:\n    - Pending\n    - Open\n    - Declined\n'.repeat(MANY), MANY],
  ['comments.yaml', `enum:\n${'# x\n'.repeat(MANY)}`, 0],
  ['open.graphql', 'enum A { """ '.repeat(MANY), 0],
  ['calls.js', "ENUM( enum('Open', ".repeat(MANY), 0],
])('%s with many lists is read once', (path, text, lists) => {
  const started = process.cpuUsage();
  expect(schemaValues(path, text)).toHaveLength(lists);
  // A hundred times what it takes; a reader that looks at the rest of the text again for each list needs minutes.
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6).toBeLessThan(30);
});
