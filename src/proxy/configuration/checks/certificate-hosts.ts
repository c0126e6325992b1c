import { request, type Agent } from 'node:https';
import { snsHost } from '../../../../transforms/sns/check-origin';
import type { ProxySettings } from '../settings';
import { adviseOn } from './connection-advice';
import { ok, type Check, type Finding } from './finding';

const TIMEOUT_MS = 5000;

/** Any answer will do: what matters is that the host is reached, by TLS with its own certificate. */
function checkCertificateHost(host: string, agent: Agent | undefined): Promise<Finding> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      const said = error.message.replace(/\.$/, '');
      reject(
        new Error(
          `${said}. Signatures cannot be checked without it, and messages would wait. ${adviseOn(error, host)}`,
        ),
      );
    };
    const asking = request(
      { host, method: 'HEAD', path: '/', ...(agent === undefined ? {} : { agent }) },
      (response) => {
        response.resume();
        resolve(ok(`answers (${response.statusCode})`));
      },
    );
    asking.setTimeout(TIMEOUT_MS, () =>
      asking.destroy(Object.assign(new Error(`no answer within ${TIMEOUT_MS / 1000} s`), { code: 'ETIMEDOUT' })),
    );
    asking.on('error', fail).end();
  });
}

/** The hosts from which the certificates come that SNS signs with. */
export const checkCertificateHosts = ({ receive }: ProxySettings, agent: Agent | undefined): readonly Check[] =>
  [...new Set(receive.topics.map(snsHost))].map((host) => ({
    what: `certificates of ${host}`,
    find: () => checkCertificateHost(host, agent),
  }));
