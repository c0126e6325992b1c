import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('forgetful-disk.py', import.meta.url));

/** Why there can be no such disk here, or null. */
export function lacksFuse() {
  if (!existsSync('/dev/fuse')) return 'there is no /dev/fuse';
  if (process.getuid() !== 0) return 'only root may mount';
  return spawnSync('python3', ['--version']).status === 0 ? null : 'there is no python3';
}

/** A disk of which the power can be cut: what was not synced is gone then. */
export class ForgetfulDisk {
  constructor(mountPoint, platter) {
    Object.assign(this, { mountPoint, platter });
    mkdirSync(platter);
  }

  /** Resolves when it is mounted. */
  async start() {
    const { mountPoint, platter } = this;
    this.process = spawn('python3', [program, mountPoint, platter], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.ended = new Promise((resolve) => this.process.on('close', resolve));
    const isMounted = new Promise((resolve) => this.process.stdout.once('data', () => resolve(true)));
    if ((await Promise.race([isMounted, this.ended])) !== true) throw new Error('The disk could not be mounted.');
  }

  /** Whoever uses it has ended before. */
  async losePower() {
    this.process.kill('SIGTERM');
    await this.ended;
  }
}
