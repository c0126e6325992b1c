/** The servers, each a process of its own, and the database of one of them. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
export const postgresUrl = process.env.AMAZON_PAY_TEST_POSTGRES ?? 'postgres://postgres@127.0.0.1:5432/test';
const server = fileURLToPath(new URL('server.mjs', import.meta.url));

export const startProcess = (kind, environment) =>
  new Promise((resolve, reject) => {
    const child = fork(server, [kind], {
      env: { ...process.env, BENCH_POSTGRES: postgresUrl, ...environment },
    });
    child.once('message', ({ url }) => resolve({ child, url }));
    child.once('exit', (code) => reject(new Error(`${kind} ended with ${code}.`)));
  });
export const askUsage = (child) =>
  new Promise((resolve) => {
    child.once('message', resolve);
    child.send('usage');
  });

export async function hasPostgres() {
  const { Client } = require('pg');
  const client = new Client({ connectionString: postgresUrl, connectionTimeoutMillis: 3000 });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}

export async function dropSchema(schema) {
  const { Client } = require('pg');
  const client = new Client({ connectionString: postgresUrl });
  await client.connect();
  await client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await client.end();
}
