/** The proxy from `dist`, in a process of its own. What it says of itself is for waiting; nothing is decided by it. */
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import { connect } from 'node:tls';
import { act, tell } from './start.mjs';

const fromDist = (path) => createRequire(import.meta.url)(`../../../dist/src/proxy/${path}`);
const { settings, certificates } = JSON.parse(process.argv[2]);

/** Every certificate of Amazon comes from the stand-in for its host. */
class LoopbackAgent extends Agent {
  createConnection(asked) {
    tell({ connectsTo: `${asked.host}:${asked.port}` });
    return connect({ ...asked, host: '127.0.0.1', port: certificates.port, ca: certificates.authority });
  }
}

/** How wrong the clock of this machine is, and how much time has passed that has not. */
let { clockJump } = JSON.parse(process.argv[2]);
let warp = 0;
/** How long this machine was suspended: its processes have not counted that time. */
let suspended = 0;
let proxy = null;
const end = (code) => proxy.stop().then(() => process.exit(code));

act({
  async start() {
    const { silentObserver } = fromDist('observer.js');
    const observer = {
      ...silentObserver,
      swept: (event) => tell({ swept: event }),
      compared: ({ orderKey }) => tell({ compared: orderKey }),
      failed: ({ part, error }) => process.stderr.write(`${part}: ${error?.message ?? error}\n`),
    };
    const clock = { now: () => Date.now() + clockJump + warp };
    const elapsed = () => performance.now() + warp - suspended;
    let begun;
    const parsed = fromDist('configuration/settings.js').proxySettings.parse(settings);
    try {
      const options = { agent: new LoopbackAgent(), observer, clock, elapsed };
      // A planted fault comes from the tests of this harness alone.
      const planted = process.env.FAULTS_PLANTED;
      if (planted !== undefined) (await import(planted)).plant(fromDist);
      begun = performance.now();
      proxy = await fromDist('proxy.js').startProxy(parsed, options);
    } catch (error) {
      process.stderr.write(`${error.code}: ${error.message}\n`);
      process.exit(error.code === 'unsafe' ? 74 : 2);
    }
    process.on('SIGTERM', () => void end(0));
    void proxy.unsafe.then((error) => {
      process.stderr.write(`${error.message}\n`);
      return end(error.code === 'newer' ? 75 : 74);
    });
    const openedMs = Math.round(performance.now() - begun);
    return { url: proxy.url, adminUrl: proxy.adminUrl, openedMs };
  },
  /** Somebody sets the clock. */
  jump: (milliseconds) => void (clockJump += milliseconds),
  /** The machine stood still. */
  suspend: (milliseconds) => void (suspended += milliseconds),
  /** Time passes. */
  warp: (milliseconds) => void (warp += milliseconds),
});
