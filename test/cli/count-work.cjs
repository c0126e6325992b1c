/** Loaded with --require: writes down how often each file was opened and parsed, by which grammar, and which modules were loaded. */
const fs = require('node:fs');

const opened = {};
// readFileSync may open by openSync, which is one opening still.
let isInside = false;
for (const name of ['openSync', 'readFileSync']) {
  const original = fs[name];
  fs[name] = function (path, ...rest) {
    if (!isInside && typeof path === 'string' && path.startsWith(process.env.COUNT_ROOT)) {
      const below = path.slice(process.env.COUNT_ROOT.length + 1);
      opened[below] = (opened[below] ?? 0) + 1;
    }
    const outer = isInside;
    isInside = true;
    try {
      return original.call(this, path, ...rest);
    } finally {
      isInside = outer;
    }
  };
}

// What the parser was started for; the parser itself cannot be changed, so who loads it gets one that counts.
const Module = require('node:module');
const parsed = {};
const counting = (target, name, replacement) =>
  new Proxy(target, { get: (object, key) => (key === name ? replacement : object[key]) });
// The grammars of other languages are given a text and no path, so it is told by its first line.
const read = {};
const countRead = (parse) =>
  function (language, text) {
    const what = `${language}: ${text.trim().split('\n')[0]}`;
    read[what] = (read[what] ?? 0) + 1;
    return parse.call(this, language, text);
  };
const load = Module._load;
let parser;
Module._load = function (request, ...rest) {
  const loaded = load.call(this, request, ...rest);
  if (request === '@ast-grep/napi') return counting(loaded, 'parse', countRead(loaded.parse));
  if (request !== 'ts-morph') return loaded;
  parser ??= counting(loaded.ts, 'createSourceFile', (path, ...options) => {
    parsed[path.replace(/^\//, '')] = (parsed[path.replace(/^\//, '')] ?? 0) + 1;
    return loaded.ts.createSourceFile(path, ...options);
  });
  return counting(loaded, 'ts', parser);
};

const { isMainThread, parentPort } = require('node:worker_threads');

function write() {
  // One line of each thread.
  fs.appendFileSync(
    process.env.COUNT_FILE,
    `${JSON.stringify({ opened, parsed, read, modules: Object.keys(require.cache) })}\n`,
  );
}

if (isMainThread) process.on('exit', write);
else {
  // A thread is ended as soon as it has answered.
  const { postMessage } = parentPort;
  parentPort.postMessage = function (message, ...rest) {
    if (message.kind === 'outcome') write();
    return postMessage.call(this, message, ...rest);
  };
}
