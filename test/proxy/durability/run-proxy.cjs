/**
 * A proxy in a process of its own, for tests that end it. Settings, and where the stand-in for the host of Amazon's
 * certificates listens, come as JSON; says on stdout where it listens itself, and each message that was verified later.
 */
const { Agent } = require('node:https');
const { connect } = require('node:tls');
const { join } = require('node:path');

const dist = join(__dirname, '../../../dist/src/proxy');
const { startProxy } = require(join(dist, 'proxy.js'));
const { silentObserver } = require(join(dist, 'observer.js'));
const { proxySettings } = require(join(dist, 'configuration/settings.js'));

const { settings, amazon } = JSON.parse(process.argv[2]);
class LoopbackAgent extends Agent {
  createConnection(options) {
    return connect({ ...options, host: '127.0.0.1', port: amazon.port, ca: amazon.certificate });
  }
}

const observer = { ...silentObserver, verified: () => process.stdout.write('verified\n') };
startProxy(proxySettings.parse(settings), { agent: new LoopbackAgent(), observer }).then(
  (proxy) => {
    const end = (code) => proxy.stop().then(() => process.exit(code));
    process.on('SIGTERM', () => void end(0));
    void proxy.unsafe.then((error) => {
      process.stderr.write(`${error.message}\n`);
      return end(74);
    });
    process.stdout.write(`${JSON.stringify({ url: proxy.url, adminUrl: proxy.adminUrl })}\n`);
  },
  (error) => {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    process.exit(error.code === 'unsafe' ? 74 : 2);
  },
);
