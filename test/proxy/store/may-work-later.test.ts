import { toStoreError } from '../../../src/proxy/store/postgres/open-postgres';
import { toStoreError as ofSqlite } from '../../../src/proxy/store/sqlite/sqlite-queries';
import { mayWorkLater, StoreError } from '../../../src/proxy/store/store-error';

const sqlite = (message: string): StoreError => ofSqlite(Object.assign(new Error(message), { name: 'SQLite3Error' }));
const ofFile = (code: string): StoreError =>
  new StoreError('unavailable', 'A file.', { cause: Object.assign(new Error(code), { code, syscall: 'open' }) });

test.each([
  ['a disk that is full, in the words of SQLite', sqlite('database or disk is full'), true],
  ['a disk that is full for a moment', sqlite('disk I/O error'), true],
  ['a disk that is full, in those of the system', ofFile('ENOSPC'), true],
  ['a quota that is used up', ofFile('EDQUOT'), true],
  ['a file that is in use', new StoreError('in-use', 'Another.'), true],
  ['a file that may not be used', ofFile('EACCES'), false],
  ['a file that cannot be opened', sqlite('unable to open database file'), false],
  ['another file', new StoreError('unavailable', 'It is a text file.'), false],
  ['a newer store', new StoreError('newer', 'Newer.'), false],
])('whether %s may work later', (_, error, expected) => {
  expect(mayWorkLater(error, 'sqlite')).toBe(expected);
});

test.each([
  ['XX000', 'unavailable', true],
  ['XX001', 'unsafe', false],
  ['XX002', 'unsafe', false],
  ['57P03', 'unavailable', true],
  ['28P01', 'refused', false],
])('%s of PostgreSQL is %s', (state, code, isPassing) => {
  const error = toStoreError(Object.assign(new Error('internal error'), { code: state }));
  expect(error.code).toBe(code);
  expect(mayWorkLater(error, 'postgres')).toBe(isPassing);
});
