'use strict';

/** An emulator in a process of its own, so that it can be killed. Says where it is, and what it has. */
const path = require('node:path');
const { startEmulator } = require(path.join(__dirname, '../../dist/src/emulator.js'));

startEmulator({ data: process.argv[2], httpsPort: false, throttling: false }).then(
  ({ people, url, credentials, orders }) => {
    const drafts = process.argv[3] === 'drafts' ? Array.from({ length: 20 }, () => people.startOrderReference()) : [];
    process.send({ url, credentials, drafts, known: orders().map(({ id }) => id) });
  },
);
