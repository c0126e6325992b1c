/** Loaded with --require: the analysis of types never comes to an end, and says when it has begun. */
const { writeSync } = require('node:fs');
const Module = require('node:module');

const load = Module._load;

Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request !== '../typed-program/analyse') return loaded;
  const analyse = () => {
    writeSync(2, 'blocked\n');
    for (;;);
  };
  return { ...loaded, analyse };
};
