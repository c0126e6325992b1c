/** Loaded with --require: writes down which programs threads were started with. */
const { appendFileSync } = require('node:fs');
const Module = require('node:module');

const load = Module._load;
Module._load = function (request, ...rest) {
  const name = /([\w-]+-worker)\.js$/.exec(request)?.[1];
  if (name !== undefined) appendFileSync(process.env.THREADS_FILE, `${name}\n`);
  return load.call(this, request, ...rest);
};
