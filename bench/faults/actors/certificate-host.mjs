/** The host of the certificates of Amazon, which fails on request. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:https';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const DAY = 86_400_000;

const answers = {
  503: (response) => response.writeHead(503).end(),
  garbage: (response) => response.end('<html>not a certificate</html>'),
  large: (response) => response.end(Buffer.alloc(10 * 1024 * 1024, 65)),
  hang: () => undefined,
  reset: (response) => response.destroy(),
};

export class CertificateHost {
  fault = 'ok';
  /** By path: beside those of the emulator. */
  extra = new Map();

  /** Returns where it listens, and who vouches for it. */
  async start(emulatorUrl) {
    const { selfSignedCertificate } = require('../../../dist/src/amazon-pay/certificates.js');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const validity = { validFrom: new Date(Date.now() - DAY), validTo: new Date(Date.now() + 30 * DAY) };
    const authority = await selfSignedCertificate(privateKey, {
      commonName: 'sns.us-east-1.amazonaws.com',
      ...validity,
    });
    const server = createServer(
      { key: privateKey.export({ type: 'pkcs8', format: 'pem' }), cert: authority },
      async (request, response) => {
        if (this.fault !== 'ok') return answers[this.fault](response);
        const extra = this.extra.get(request.url);
        if (extra !== undefined) return response.end(extra);
        const answer = await fetch(new URL(request.url, emulatorUrl));
        response.writeHead(answer.status).end(await answer.text());
      },
    );
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: server.address().port, authority };
  }
}
