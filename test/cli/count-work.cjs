/** Loaded with --require: writes down how often each file was opened, and which modules were loaded. */
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
process.on('exit', () => {
  fs.writeFileSync(process.env.COUNT_FILE, JSON.stringify({ opened, modules: Object.keys(require.cache) }));
});
