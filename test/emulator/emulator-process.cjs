'use strict';

/** An emulator in a process of its own, so that it can be killed. */
const path = require('node:path');
const { startEmulator } = require(path.join(__dirname, '../../dist/src/emulator.js'));

startEmulator({ data: process.argv[2], httpsPort: false }).then(({ people }) => {
  process.send(Array.from({ length: 20 }, () => people.startOrderReference()));
});
