/** Loaded with --require: writes down which modules the program loaded. */
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  writeFileSync(process.env.LIST_MODULES, JSON.stringify(Object.keys(require.cache)));
});
