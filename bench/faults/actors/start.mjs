import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** An actor in a process of its own: asked by messages, it answers each, and tells what happens in between. */
export class Actor {
  #asked = 0;
  #answers = new Map();
  said = '';

  constructor(name, argument, environment = {}) {
    const path = fileURLToPath(new URL(`${name}.mjs`, import.meta.url));
    this.process = fork(path, [JSON.stringify(argument)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.process.stderr.setEncoding('utf8').on('data', (text) => (this.said = (this.said + text).slice(-4000)));
    this.ended = new Promise((resolve) => {
      this.process.on('close', (code, signal) => resolve(signal ?? code));
    });
    this.process.on('message', ({ answer, error, value, event }) => {
      if (event !== undefined) return this.onEvent(event);
      const { resolve, reject } = this.#answers.get(answer) ?? {};
      this.#answers.delete(answer);
      if (error === undefined) resolve?.(value);
      else reject?.(new Error(`${name}: ${error}`));
    });
    void this.ended.then((end) => {
      for (const { reject } of this.#answers.values()) reject(new Error(`${name} ended (${end}): ${this.said}`));
      this.#answers.clear();
    });
    // Whoever waits hears of it; that nobody does is no mistake.
    this.started = this.ask('start');
    this.started.catch(() => undefined);
  }

  onEvent() {}

  ask(what, value = null) {
    const ask = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#answers.set(ask, { resolve, reject });
      if (this.process.connected) this.process.send({ ask, what, value }, (error) => error && reject(error));
      else reject(new Error(`${what}: it has ended. ${this.said}`));
    });
  }

  async end(signal = 'SIGTERM') {
    this.process.kill(signal);
    return this.ended;
  }
}

/** In the process of the actor: answers with what the function of that name returns. */
export function act(functions) {
  process.on('message', ({ ask, what, value }) => {
    Promise.resolve(functions[what](value)).then(
      (result) => process.send?.({ answer: ask, value: result ?? null }),
      (error) => process.send?.({ answer: ask, error: error?.stack ?? String(error) }),
    );
  });
  // Whoever started it is gone: nobody is left to end it.
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}

export const tell = (event) => process.connected && process.send({ event });
